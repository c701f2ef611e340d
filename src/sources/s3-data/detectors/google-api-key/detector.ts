import type { Detector } from '../detector.ts';
import { Pattern } from '../pattern/pattern.ts';
import { examples } from './examples.ts';

export const googleApiKey: Detector = {
  id: 'google_api_key',
  title: 'Google API keys',
  level: 'high',
  rules: ['`AIza` and 35 letters, digits, `_` or hyphens.', 'Before and after it stands none of those.'],
  finder: {
    by: 'pattern',
    pattern: new Pattern(String.raw`(?<![\w-])AIza[0-9A-Za-z_-]{35}(?![\w-])`),
    needs: ['AIza'],
  },
  mask: (found) => `${found.slice(0, 4)}${'X'.repeat(8)}`,
  examples,
};
