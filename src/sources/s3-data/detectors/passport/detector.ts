import { maskAllBut } from '../detector.ts';
import type { Detector } from '../detector.ts';
import { Pattern } from '../pattern/pattern.ts';
import { examples } from './examples.ts';

export const passport: Detector = {
  id: 'passport',
  title: 'Passport numbers',
  level: 'high',
  rules: [
    'Nine digits, a letter and eight digits, or two letters and seven digits.',
    'In the 64 bytes before it is `passport`, `passeport` or `pasaporte`, in either case.',
    'Before and after it stands no letter, digit or `_`.',
  ],
  finder: {
    by: 'pattern',
    pattern: new Pattern(String.raw`\b(?:[A-Z][0-9]{8}|[A-Z]{2}[0-9]{7}|[0-9]{9})\b`),
    keywords: ['passport', 'passeport', 'pasaporte'],
  },
  mask: (found) => maskAllBut(4, found),
  examples,
};
