import type { AlternateContact, Analyzer } from '../../../../src/sources/checks/services/account/collect.ts';
import type { Case, Cases } from './case.ts';

const contact = (type: AlternateContact['type'], fingerprints: string[] | null): AlternateContact => ({
  id: type,
  type,
  exists: fingerprints !== null,
  fingerprints: fingerprints ?? [],
});
const contacts = (
  what: string,
  says: string,
  security: string[] | null,
  billing: string[] | null = ['b'],
  primary: string[] = ['p'],
): Case => ({
  what,
  answers: {
    'account:GetAlternateContact': [
      contact('SECURITY', security),
      contact('BILLING', billing),
      contact('OPERATIONS', ['o']),
    ],
    'account:GetContactInformation': [{ id: 'primary', missing: [], fingerprints: primary }],
  },
  says: [says],
});
const organisation = (exists: boolean) => [{ id: 'organisation', exists }];
const governed = (
  what: string,
  type: 'SERVICE_CONTROL_POLICY' | 'AISERVICES_OPT_OUT_POLICY',
  content: object | null,
  says: string,
): Case => ({
  what,
  answers: {
    'organizations:DescribeOrganization': organisation(true),
    'organizations:ListPolicies': content === null ? [] : [{ id: 'p', policyId: 'p', name: 'p', type }],
    'organizations:DescribePolicy': { p: JSON.stringify(content) },
  },
  says: [says],
});
const scp = (what: string, statement: object | null, says: string): Case =>
  governed(
    what,
    'SERVICE_CONTROL_POLICY',
    statement === null ? null : { Statement: { Effect: 'Deny', Action: '*', Resource: '*', ...statement } },
    says,
  );
const optOut = (what: string, rule: object, says: string): Case =>
  governed(what, 'AISERVICES_OPT_OUT_POLICY', { services: { default: { opt_out_policy: rule } } }, says);
const NO_ORGANISATION: Case = {
  what: 'no organisation',
  answers: { 'organizations:DescribeOrganization': organisation(false) },
  says: [],
};
const analyzed = (what: string, more: Partial<Analyzer>, open: number, ...says: string[]): Case => ({
  what,
  answers: {
    'accessanalyzer:ListAnalyzers': [{ id: 'a', name: 'a', ofExternalAccess: true, active: true, ...more }],
    'accessanalyzer:ListFindingsV2': { a: { open, resources: [] } },
  },
  says,
});
const LOCKED = { '@@operators_allowed_for_child_policies': ['@@none'] };

export const accountCases: Cases = {
  'account-security-contact': [contacts('one', 'pass', ['s']), contacts('none', 'fail', null)],
  'account-contact-current': [[], ['City']].map((missing) => ({
    what: `without ${missing.join()}`,
    answers: { 'account:GetContactInformation': [{ id: 'primary', missing, fingerprints: [] }] },
    says: [missing.length === 0 ? 'pass' : 'fail'],
  })),
  'account-contacts-distinct': [
    contacts('all differ', 'pass', ['s']),
    contacts('one is missing', 'fail', ['s'], null),
    contacts('two share a number', 'fail', ['s', 'x'], ['x', 'b']),
    contacts('one is the primary contact', 'fail', ['s'], ['b'], ['s']),
  ],
  'account-in-organization': [true, false].map((exists) => ({
    what: String(exists),
    answers: { 'organizations:DescribeOrganization': organisation(exists) },
    says: [exists ? 'pass' : 'fail'],
  })),
  'org-scp-region-deny': [
    NO_ORGANISATION,
    scp('no policy', null, 'fail'),
    scp('something else', {}, 'fail'),
    scp('regions', { Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } } }, 'pass'),
    scp(
      'allowed only',
      { Effect: 'Allow', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'x' } } },
      'fail',
    ),
    scp('in the regions', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }, 'fail'),
  ],
  'org-delegated-admins': [
    NO_ORGANISATION,
    {
      what: 'nobody',
      answers: { 'organizations:DescribeOrganization': organisation(true) },
      says: ['pass'],
    },
    {
      what: 'somebody',
      answers: {
        'organizations:DescribeOrganization': organisation(true),
        'organizations:ListDelegatedAdministrators': [{ id: 'a', name: 'a', accountId: '222222222222' }],
      },
      says: ['fail'],
    },
  ],
  'org-ai-opt-out': [
    NO_ORGANISATION,
    optOut('opted out', { '@@assign': 'optOut', ...LOCKED }, 'pass'),
    optOut('opted in', { '@@assign': 'optIn', ...LOCKED }, 'fail'),
    optOut('not for good', { '@@assign': 'optOut' }, 'fail'),
    governed('no policy', 'AISERVICES_OPT_OUT_POLICY', null, 'fail'),
    governed('an empty policy', 'AISERVICES_OPT_OUT_POLICY', {}, 'fail'),
  ],
  'access-analyzer-enabled': [
    analyzed('active', {}, 0, 'pass'),
    analyzed('of unused access', { ofExternalAccess: false }, 0, 'fail'),
    analyzed('failed', { active: false }, 0, 'fail'),
  ],
  'access-analyzer-findings-open': [
    analyzed('none', {}, 0, 'pass'),
    analyzed('some', {}, 2, 'fail'),
    analyzed('of unused access', { ofExternalAccess: false }, 2),
    analyzed('failed', { active: false }, 2),
  ],
};
