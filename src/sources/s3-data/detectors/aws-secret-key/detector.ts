import type { Detector } from '../detector.ts';
import { Pattern } from '../pattern/pattern.ts';
import { examples } from './examples.ts';

export const awsSecretKey: Detector = {
  id: 'aws_secret_key',
  title: 'AWS secret access keys',
  level: 'critical',
  rules: [
    'Forty letters, digits, `+` and `/`, among them an upper-case and a lower-case letter and a digit; none of them stands before or after it, nor a `=`.',
    'In the 64 bytes before it is `secret`, `aws`, or the beginning of an access key id, `AKIA` or `ASIA`.',
  ],
  finder: {
    by: 'pattern',
    pattern: new Pattern(String.raw`(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])`),
    keywords: ['secret', 'aws', 'akia', 'asia'],
    validate,
  },
  mask: () => 'X'.repeat(40),
  examples,
};

function validate(found: string): boolean {
  return /[A-Z]/.test(found) && /[a-z]/.test(found) && /\d/.test(found);
}
