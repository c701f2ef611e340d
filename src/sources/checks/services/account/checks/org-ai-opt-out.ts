import { defineCheck, failIf } from '../../../catalogue.ts';

export const orgAiOptOut = defineCheck({
  id: 'org-ai-opt-out',
  title: 'Use of content by AWS AI services is opted out',
  service: 'account',
  depth: 'deep',
  level: 'medium',
  category: 'residency',
  resourceType: 'AWS::Organizations::Policy',
  failsWhen:
    'No AI services opt-out policy assigns optOut as the default for all services, or member accounts may override it (@@operators_allowed_for_child_policies is not @@none). No organisation: no verdict.',
  remediation: 'Attach an opt-out policy at the root.',
  command:
    'aws organizations create-policy --type AISERVICES_OPT_OUT_POLICY --name NAME --description TEXT --content file://policy.json',
  on: 'organizations:DescribeOrganization',
  needs: ['organizations:ListPolicies', 'organizations:DescribePolicy'],
  judge({ exists }, { list, detailOf }) {
    if (!exists) return null;
    const policies = list('organizations:ListPolicies')
      .filter(({ type }) => type === 'AISERVICES_OPT_OUT_POLICY')
      .filter(({ id }) => optsOut(detailOf('organizations:DescribePolicy', id) ?? ''))
      .map(({ name }) => name);
    return failIf(policies.length === 0, { policies });
  },
});

/** Whether a policy opts out for all services, and lets no account opt in again. */
function optsOut(policy: string): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(policy);
  } catch {
    return false;
  }
  const rule = ['services', 'default', 'opt_out_policy'].reduce(
    (at: unknown, key) => (isRecord(at) ? at[key] : undefined),
    parsed,
  );
  if (!isRecord(rule)) return false;
  return (
    rule['@@assign'] === 'optOut' &&
    [rule['@@operators_allowed_for_child_policies']].flat().includes('@@none')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
