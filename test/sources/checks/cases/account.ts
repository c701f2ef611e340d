import type { Cases } from './case.ts';

export const accountCases: Cases = {
  'account-security-contact': [true, false].map((exists) => ({
    what: String(exists),
    answers: { 'account:GetAlternateContact': [{ id: 'contact', exists }] },
    says: [exists ? 'pass' : 'fail'],
  })),
};
