import type { Detector } from '../detector.ts';
import { Pattern } from '../pattern/pattern.ts';
import { examples } from './examples.ts';

export const jwt: Detector = {
  id: 'jwt',
  title: 'JSON Web Tokens',
  level: 'high',
  rules: [
    'Three parts of letters, digits, `_` and hyphens with dots between them; the first two begin with `eyJ`, the third has 16 or more.',
    'The first one, decoded, is JSON with an `alg`.',
    'Before and after it stands no letter, digit, `_` or hyphen.',
  ],
  finder: {
    by: 'pattern',
    pattern: new Pattern(String.raw`(?<![\w-])eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?![\w-])`),
    needs: ['.eyJ'],
    validate,
  },
  mask: (found) => `${found.slice(0, 3)}${'X'.repeat(8)}`,
  examples,
};

function validate(found: string): boolean {
  const [header = '', , signature = ''] = found.split('.');
  try {
    const decoded = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg?: unknown };
    return typeof decoded.alg === 'string' && signature.length >= 16;
  } catch {
    return false;
  }
}
