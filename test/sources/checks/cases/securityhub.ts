import type { Case, Cases } from './case.ts';

const hub = (what: string, enabled: boolean, standards: readonly string[] | null, says: string): Case => ({
  what,
  answers: { 'securityhub:DescribeHub': [{ id: 'h', enabled, standards }] },
  says: [says],
});

export const securityhubCases: Cases = {
  'securityhub-on': [
    hub('on', true, ['cis'], 'pass'),
    hub('on, standards not told', true, null, 'pass'),
    hub('off', false, [], 'fail'),
  ],
};
