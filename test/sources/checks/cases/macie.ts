import { REGION } from '../support.ts';
import type { Case, Cases } from './case.ts';

const session = (
  what: string,
  status: string,
  { buckets = [REGION], discovery = null }: { buckets?: readonly string[]; discovery?: string | null },
  ...says: string[]
): Case => ({
  what,
  answers: {
    'macie2:GetMacieSession': [{ id: 'm', region: REGION, status }],
    's3:ListBuckets': buckets.map((region) => ({ id: region, name: region, region })),
    'macie2:GetAutomatedDiscoveryConfiguration': {
      m: discovery === null ? null : { status: discovery },
    },
  },
  says,
});

export const macieCases: Cases = {
  'macie-on': [
    session('on', 'ENABLED', {}, 'pass'),
    session('paused', 'PAUSED', {}, 'fail'),
    session('off', 'DISABLED', {}, 'fail'),
    session('off, and buckets are elsewhere', 'DISABLED', { buckets: ['us-west-2'] }),
  ],
  'macie-auto-discovery': [
    session('on', 'ENABLED', { discovery: 'ENABLED' }, 'pass'),
    session('off', 'ENABLED', { discovery: 'DISABLED' }, 'fail'),
    session('Macie is off', 'DISABLED', {}),
  ],
};
