import { defineCheck, failIf } from '../../../catalogue.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';

export const orgScpRegionDeny = defineCheck({
  id: 'org-scp-region-deny',
  title: 'A service control policy restricts regions',
  service: 'account',
  depth: 'standard',
  level: 'medium',
  category: 'residency',
  resourceType: 'AWS::Organizations::Policy',
  failsWhen:
    'No service control policy denies requests outside a set of regions (Deny with StringNotEquals or StringNotLike on aws:RequestedRegion); with allowed_regions set, the set must equal it. Only the management or a delegated account can see the policies: unknown elsewhere, no verdict without an organisation.',
  remediation: 'Attach a policy that denies requests outside your regions, global services left out.',
  command:
    'aws organizations create-policy --type SERVICE_CONTROL_POLICY --name NAME --description TEXT --content file://policy.json',
  parameters: { allowed_regions: [] as readonly string[] },
  on: 'organizations:DescribeOrganization',
  needs: ['organizations:ListPolicies', 'organizations:DescribePolicy'],
  judge({ exists }, { list, detailOf, parameters }) {
    if (!exists) return null;
    const denying = list('organizations:ListPolicies')
      .filter(({ type }) => type === 'SERVICE_CONTROL_POLICY')
      .map(({ id, name }) => ({
        name,
        regions: regionsLeft(detailOf('organizations:DescribePolicy', id) ?? ''),
      }))
      .filter(({ regions }) => regions.length > 0);
    const allowed = [...parameters.allowed_regions].toSorted().join();
    const asWanted = denying.filter(
      ({ regions }) => allowed === '' || regions.some((one) => one.toSorted().join() === allowed),
    );
    return failIf(asWanted.length === 0, { policies: denying });
  },
});

/** The sets of regions outside of which the policy denies something. */
function regionsLeft(policy: string): string[][] {
  return (parsePolicy(policy) ?? [])
    .filter(({ effect }) => effect === 'Deny')
    .flatMap(({ conditions }) => conditions)
    .filter(
      ({ operator, key }) =>
        key === 'aws:requestedregion' && /^(?:foranyvalue:)?stringnot(?:equals|like)/.test(operator),
    )
    .map(({ values }) => [...values]);
}
