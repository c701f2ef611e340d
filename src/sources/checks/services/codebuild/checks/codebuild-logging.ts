import { defineCheck, failIf } from '../../../catalogue.ts';

export const codebuildLogging = defineCheck({
  id: 'codebuild-logging',
  title: 'Builds are logged',
  service: 'codebuild',
  depth: 'deep',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::CodeBuild::Project',
  failsWhen: 'Neither CloudWatch logs nor S3 logs are ENABLED.',
  remediation: 'Log builds.',
  command: 'aws codebuild update-project --name PROJECT --logs-config cloudWatchLogs={status=ENABLED}',
  on: 'codebuild:BatchGetProjects',
  judge({ logs }) {
    return failIf(logs.length === 0, { logs });
  },
});
