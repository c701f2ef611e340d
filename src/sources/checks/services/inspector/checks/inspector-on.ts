import { defineCheck, failIf } from '../../../catalogue.ts';
import { isGone } from '../../ec2/collect.ts';

export const inspectorOn = defineCheck({
  id: 'inspector-on',
  title: 'Inspector scanning is on',
  service: 'inspector',
  depth: 'standard',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::InspectorV2::Account',
  failsWhen:
    'The account status in the region is not ENABLED, or one of EC2, ECR, Lambda and Lambda code scanning is off while the region has such resources.',
  remediation: 'Enable scanning of EC2, ECR and Lambda.',
  command: 'aws inspector2 enable --resource-types EC2 ECR LAMBDA LAMBDA_CODE',
  on: 'inspector2:BatchGetAccountStatus',
  needs: ['ec2:DescribeInstances', 'ecr:DescribeRepositories', 'lambda:ListFunctions'],
  judge({ status, scans }, { list }) {
    const hasFunctions = list('lambda:ListFunctions').length > 0;
    const wanted = [
      ...(list('ec2:DescribeInstances').some((instance) => !isGone(instance)) ? ['ec2'] : []),
      ...(list('ecr:DescribeRepositories').length > 0 ? ['ecr'] : []),
      ...(hasFunctions ? ['lambda', 'lambdaCode'] : []),
    ];
    const missing = wanted.filter((kind) => !scans.includes(kind));
    return failIf(status !== 'ENABLED' || missing.length > 0, { status, missing });
  },
});
