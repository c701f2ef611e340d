import { maskAllBut } from '../detector.ts';
import type { Detector } from '../detector.ts';
import { Pattern } from '../pattern/pattern.ts';
import { hasCheckDigits } from '../validators.ts';
import { examples } from './examples.ts';

export const brCpf: Detector = {
  id: 'br_cpf',
  title: 'Brazilian CPF numbers',
  level: 'high',
  rules: [
    '`ddd.ddd.ddd-dd` with right check digits, not all of them the same.',
    'Before it stands no letter, digit, `_`, dot or hyphen, after it no letter, digit, `_` or hyphen.',
  ],
  finder: {
    by: 'pattern',
    pattern: new Pattern(String.raw`(?<![\w.-])[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}(?![\w-])`),
    validate,
  },
  mask: (found) => maskAllBut(2, found),
  examples,
};

const WEIGHTS = [
  [10, 9, 8, 7, 6, 5, 4, 3, 2],
  [11, 10, 9, 8, 7, 6, 5, 4, 3, 2],
];

function validate(found: string): boolean {
  return hasCheckDigits(found, WEIGHTS);
}
