import type { Detector } from '../detector.ts';
import { Pattern } from '../pattern/pattern.ts';
import { examples } from './examples.ts';

export const privateKey: Detector = {
  id: 'private_key',
  title: 'Private keys',
  level: 'critical',
  rules: [
    'From `-----BEGIN … PRIVATE KEY-----` to its `-----END … PRIVATE KEY-----`, at most 4096 bytes of it.',
    'Of a key without an end, the first line and 64 bytes of what follows.',
  ],
  finder: {
    by: 'pattern',
    pattern: new Pattern(
      String.raw`-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=\s\\:,.-]*-----END [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----|[A-Za-z0-9+/=\s\\]{0,64})`,
    ),
    needs: ['PRIVATE KEY'],
  },
  mask: (found) => `${/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/.exec(found)?.[0] ?? ''}XXXXXXXX`,
  examples,
};
