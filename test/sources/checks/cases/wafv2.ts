import type { Answers } from '../support.ts';
import type { Case, Cases } from './case.ts';

const acl = (what: string, answers: Answers, says: string): Case => ({
  what,
  answers: {
    'wafv2:ListWebACLs': [{ id: 'w', aclId: 'w', name: 'shop', scope: 'REGIONAL' }],
    ...answers,
  },
  says: [says],
});

export const wafv2Cases: Cases = {
  'wafv2-acl-logging': [
    acl('no', { 'wafv2:GetLoggingConfiguration': { w: null } }, 'fail'),
    acl('yes', { 'wafv2:GetLoggingConfiguration': { w: { destinations: ['logs'] } } }, 'pass'),
  ],
  'wafv2-acl-has-rules': [
    acl('none', { 'wafv2:GetWebACL': { w: { rules: 0 } } }, 'fail'),
    acl('two', { 'wafv2:GetWebACL': { w: { rules: 2 } } }, 'pass'),
  ],
};
