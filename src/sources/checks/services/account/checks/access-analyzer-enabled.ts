import { defineCheck, failIf } from '../../../catalogue.ts';

export const accessAnalyzerEnabled = defineCheck({
  id: 'access-analyzer-enabled',
  title: 'Access Analyzer runs in each region',
  service: 'account',
  depth: 'standard',
  level: 'low',
  category: 'detection',
  resourceType: 'AWS::AccessAnalyzer::Analyzer',
  failsWhen:
    'The region has no analyser of type ACCOUNT or ORGANIZATION with status ACTIVE. One verdict per asked region.',
  remediation: 'Make an analyser in each region.',
  command: 'aws accessanalyzer create-analyzer --analyzer-name NAME --type ACCOUNT',
  on: 'region',
  needs: ['accessanalyzer:ListAnalyzers'],
  judge(_, { list }) {
    const analyzers = list('accessanalyzer:ListAnalyzers')
      .filter(({ ofExternalAccess, active }) => ofExternalAccess && active)
      .map(({ id }) => id);
    return failIf(analyzers.length === 0, { analyzers });
  },
});
