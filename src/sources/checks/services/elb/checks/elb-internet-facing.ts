import { defineCheck, failIf } from '../../../catalogue.ts';
import { isFromInternet } from '../../ec2/ports.ts';
import { groupsById } from '../../ec2/reachability.ts';

export const elbInternetFacing = defineCheck({
  id: 'elb-internet-facing',
  title: 'Internet-facing balancers are listed and intended',
  service: 'elb',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  failsWhen:
    'Scheme is internet-facing and, for ALB and NLB with groups, a group lets in 0.0.0.0/0 or ::/0; Classic balancers and balancers without groups fail by scheme alone. Meant as a list to confirm: suppress what is intended.',
  remediation: 'Make it internal, or confirm and suppress.',
  on: ['elastic-load-balancing-v2:DescribeLoadBalancers', 'elastic-load-balancing:DescribeLoadBalancers'],
  needs: ['ec2:DescribeSecurityGroups'],
  judge(balancer, { list }) {
    const { scheme } = balancer;
    const groupIds = 'groupIds' in balancer ? (balancer.groupIds ?? []) : [];
    const groups = groupsById(list('ec2:DescribeSecurityGroups'));
    const open = groupIds.filter((id) => groups.get(id)?.ingress.some(isFromInternet) === true);
    const isOpen = groupIds.length === 0 || open.length > 0;
    return failIf(scheme === 'internet-facing' && isOpen, { scheme, groups: groupIds, openGroups: open });
  },
});
