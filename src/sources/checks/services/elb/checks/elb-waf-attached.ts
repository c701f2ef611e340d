import { defineCheck, failIf } from '../../../catalogue.ts';

export const elbWafAttached = defineCheck({
  id: 'elb-waf-attached',
  title: 'Public ALB sits behind a WAF',
  service: 'elb',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  failsWhen:
    "An internet-facing ALB is in no regional web ACL's list of resources. Internal ALBs get no verdict; a failed list: unknown.",
  remediation: 'Attach a web ACL.',
  command: 'aws wafv2 associate-web-acl --web-acl-arn ACL --resource-arn ARN',
  on: 'elastic-load-balancing-v2:DescribeLoadBalancers',
  needs: ['wafv2:ListWebACLs', 'wafv2:ListResourcesForWebACL'],
  judge({ id, kind, scheme }, { list, detailOf }) {
    if (kind !== 'application' || scheme !== 'internet-facing') return null;
    const acls = list('wafv2:ListWebACLs')
      .filter((acl) => detailOf('wafv2:ListResourcesForWebACL', acl.id)?.includes(id) === true)
      .map(({ name }) => name);
    return failIf(acls.length === 0, { acls });
  },
});
