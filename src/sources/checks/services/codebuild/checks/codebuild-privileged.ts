import { defineCheck } from '../../../catalogue.ts';

export const codebuildPrivileged = defineCheck({
  id: 'codebuild-privileged',
  title: 'Builds are not privileged',
  service: 'codebuild',
  depth: 'deep',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::CodeBuild::Project',
  failsWhen: 'environment.privilegedMode is true.',
  remediation: 'Build images without Docker in privileged mode where possible.',
  command: 'aws codebuild update-project --name PROJECT --environment file://environment.json',
  on: 'codebuild:BatchGetProjects',
  failsIf: { path: 'privileged', op: 'is', value: true },
});
