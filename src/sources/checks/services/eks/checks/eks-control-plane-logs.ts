import { defineCheck, failIf } from '../../../catalogue.ts';

export const eksControlPlaneLogs = defineCheck({
  id: 'eks-control-plane-logs',
  title: 'All control-plane logs are on',
  service: 'eks',
  depth: 'standard',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::EKS::Cluster',
  failsWhen: 'One of types is not enabled in clusterLogging.',
  remediation: 'Turn all log types on.',
  command: 'aws eks update-cluster-config --name CLUSTER --logging file://logging.json',
  parameters: { types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] },
  on: 'eks:ListClusters',
  needs: ['eks:DescribeCluster'],
  judge(_, { detail, parameters }) {
    const cluster = detail('eks:DescribeCluster');
    if (cluster === null) return null;
    const { logs } = cluster;
    const missing = parameters.types.filter((type) => !logs.includes(type));
    return failIf(missing.length > 0, { logs, missing });
  },
});
