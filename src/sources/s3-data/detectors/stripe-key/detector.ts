import type { Detector } from '../detector.ts';
import { Pattern } from '../pattern/pattern.ts';
import { examples } from './examples.ts';

export const stripeKey: Detector = {
  id: 'stripe_key',
  title: 'Stripe secret keys',
  level: 'critical',
  rules: [
    '`sk_live_`, `sk_test_`, `rk_live_` or `rk_test_` and 16 to 128 letters or digits. Publishable keys, `pk_`, are none.',
    'Before and after it stands no letter, digit or `_`.',
  ],
  finder: {
    by: 'pattern',
    pattern: new Pattern(String.raw`\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,128}\b`),
    needs: ['k_live_', 'k_test_'],
  },
  mask: (found) => `${found.slice(0, 8)}${'X'.repeat(8)}`,
  examples,
};
