import { defineCheck, failIf } from '../../../catalogue.ts';
import { isOlder, supportOf } from '../kubernetes-versions.ts';

export const eksVersionSupported = defineCheck({
  id: 'eks-version-supported',
  title: 'Kubernetes version is supported',
  service: 'eks',
  depth: 'quick',
  level: 'high',
  category: 'vuln',
  resourceType: 'AWS::EKS::Cluster',
  failsWhen:
    'At the time of the scan the Kubernetes version has no standard support any more (by a dated list), or it is older than oldest, where that is set. Extended support fails and is named.',
  remediation: 'Upgrade one minor version at a time, nodes and add-ons after it.',
  command: 'aws eks update-cluster-version --name CLUSTER --kubernetes-version VERSION',
  parameters: { oldest: '' },
  on: 'eks:ListClusters',
  needs: ['eks:DescribeCluster'],
  judge(_, { detail, now, parameters }) {
    const cluster = detail('eks:DescribeCluster');
    if (cluster === null) return null;
    const { version } = cluster;
    const support = supportOf(version, now);
    const isTooOld = parameters.oldest !== '' && isOlder(version, parameters.oldest);
    return failIf(support !== 'standard' || isTooOld, { version, support });
  },
});
