import { maskAllBut } from '../detector.ts';
import type { Detector } from '../detector.ts';
import { Pattern } from '../pattern/pattern.ts';
import { examples } from './examples.ts';

export const ukNino: Detector = {
  id: 'uk_nino',
  title: 'UK National Insurance numbers',
  level: 'high',
  rules: [
    'Two letters, six digits and a letter from A to D, with or without single spaces between the pairs.',
    'The first letter is none of D, F, I, Q, U, V, the second none of those and not O; the two are not BG, GB, KN, NK, NT, TN or ZZ.',
    'Before and after it stands no letter, digit or `_`.',
  ],
  finder: {
    by: 'pattern',
    pattern: new Pattern(
      String.raw`\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b`,
    ),
    validate,
  },
  mask: (found) => maskAllBut(1, found),
  examples,
};

function validate(found: string): boolean {
  return !['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ'].includes(found.slice(0, 2));
}
