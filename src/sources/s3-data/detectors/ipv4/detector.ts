import type { Detector } from '../detector.ts';
import { Pattern } from '../pattern/pattern.ts';
import { examples } from './examples.ts';

export const ipv4: Detector = {
  id: 'ipv4',
  title: 'IPv4 addresses',
  level: 'low',
  rules: [
    'Four numbers from 0 to 255, without leading zeros, with dots between them.',
    'Before it stands no letter, digit, `_`, dot or hyphen, after it no letter, digit, `_` or hyphen.',
    '`0.0.0.0`, `127.…` and `255.255.255.255` are none.',
  ],
  finder: {
    by: 'pattern',
    pattern: new Pattern(
      String.raw`(?<![\w.-])(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?![\w-])`,
    ),
    validate,
  },
  mask: (found) => `${found.split('.')[0] ?? ''}.XXX.XXX.XXX`,
  examples,
};

function validate(found: string): boolean {
  return found !== '0.0.0.0' && found !== '255.255.255.255' && !found.startsWith('127.');
}
