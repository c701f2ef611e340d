import { defineCheck, failIf } from '../../../catalogue.ts';

export const ecsClusterInsights = defineCheck({
  id: 'ecs-cluster-insights',
  title: 'Container Insights is on',
  service: 'ecs',
  depth: 'deep',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::ECS::Cluster',
  failsWhen:
    'The setting containerInsights is neither enabled nor enhanced. INACTIVE clusters get no verdict.',
  remediation: 'Turn Container Insights on.',
  command:
    'aws ecs update-cluster-settings --cluster CLUSTER --settings name=containerInsights,value=enabled',
  on: 'ecs:DescribeClusters',
  judge({ status, insights }) {
    return status === 'INACTIVE'
      ? null
      : failIf(insights !== 'enabled' && insights !== 'enhanced', { insights });
  },
});
