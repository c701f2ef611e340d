import { defineCheck } from '../../../catalogue.ts';

export const ecsServicePublicIp = defineCheck({
  id: 'ecs-service-public-ip',
  title: 'Services get no public address',
  service: 'ecs',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::ECS::Service',
  failsWhen: 'awsvpcConfiguration.assignPublicIp is ENABLED. Services without awsvpc pass.',
  remediation: 'Turn assignPublicIp off; use private subnets with endpoints or NAT.',
  command:
    'aws ecs update-service --cluster CLUSTER --service SERVICE --network-configuration "awsvpcConfiguration={subnets=[SUBNET],securityGroups=[GROUP],assignPublicIp=DISABLED}"',
  on: 'ecs:DescribeServices',
  failsIf: { path: 'assignsPublicIp', op: 'is', value: true },
});
