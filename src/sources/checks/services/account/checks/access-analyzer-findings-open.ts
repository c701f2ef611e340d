import { defineCheck, failIf } from '../../../catalogue.ts';

export const accessAnalyzerFindingsOpen = defineCheck({
  id: 'access-analyzer-findings-open',
  title: 'Access Analyzer has no open findings',
  service: 'account',
  depth: 'deep',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::AccessAnalyzer::Finding',
  failsWhen:
    'An ACTIVE external-access analyser has findings with status ACTIVE (archived and resolved ones do not count). No active analyser: no verdict.',
  remediation: 'Remove the access, or archive what is meant.',
  command: 'aws accessanalyzer update-findings --analyzer-arn ARN --status ARCHIVED --ids FINDING',
  on: 'accessanalyzer:ListAnalyzers',
  needs: ['accessanalyzer:ListFindingsV2'],
  judge({ ofExternalAccess, active }, { detail }) {
    if (!ofExternalAccess || !active) return null;
    const { open = 0, resources = [] } = detail('accessanalyzer:ListFindingsV2') ?? {};
    return failIf(open > 0, { open, resources });
  },
});
