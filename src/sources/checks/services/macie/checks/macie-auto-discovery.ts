import { defineCheck, failIf } from '../../../catalogue.ts';

export const macieAutoDiscovery = defineCheck({
  id: 'macie-auto-discovery',
  title: 'Automated data discovery is on',
  service: 'macie',
  depth: 'deep',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::Macie::Session',
  failsWhen: 'Macie is on and automated discovery is not ENABLED. Macie off: no verdict.',
  remediation: 'Enable automated discovery.',
  command: 'aws macie2 update-automated-discovery-configuration --status ENABLED',
  on: 'macie2:GetMacieSession',
  needs: ['macie2:GetAutomatedDiscoveryConfiguration'],
  judge({ status }, { detail }) {
    if (status !== 'ENABLED') return null;
    const discovery = detail('macie2:GetAutomatedDiscoveryConfiguration')?.status;
    return failIf(discovery !== 'ENABLED', { discovery });
  },
});
