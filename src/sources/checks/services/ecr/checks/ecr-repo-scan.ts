import { defineCheck, failIf } from '../../../catalogue.ts';
import { isScanned } from '../registry-scanning.ts';

export const ecrRepoScan = defineCheck({
  id: 'ecr-repo-scan',
  title: 'Images are scanned on push',
  service: 'ecr',
  depth: 'quick',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::ECR::Repository',
  failsWhen:
    "scanOnPush of the repository is false and no rule of the registry's scanning configuration with SCAN_ON_PUSH or CONTINUOUS_SCAN matches the repository's name.",
  remediation: 'Scan on push for all repositories.',
  command: 'aws ecr put-registry-scanning-configuration --scan-type BASIC --rules file://rules.json',
  on: 'ecr:DescribeRepositories',
  needs: ['ecr:GetRegistryScanningConfiguration'],
  judge({ name, scansOnPush }, { list }) {
    const scannedByRegistry = list('ecr:GetRegistryScanningConfiguration').some((registry) =>
      isScanned(name, registry),
    );
    return failIf(!scansOnPush && !scannedByRegistry, { scansOnPush, scannedByRegistry });
  },
});
