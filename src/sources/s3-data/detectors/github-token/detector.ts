import type { Detector } from '../detector.ts';
import { Pattern } from '../pattern/pattern.ts';
import { examples } from './examples.ts';

export const githubToken: Detector = {
  id: 'github_token',
  title: 'GitHub tokens',
  level: 'critical',
  rules: [
    '`ghp_`, `gho_`, `ghu_`, `ghs_` or `ghr_` and 36 letters or digits; or `github_pat_`, 22 of them, `_` and 59 more.',
    'Before and after it stands no letter, digit or `_`.',
  ],
  finder: {
    by: 'pattern',
    pattern: new Pattern(
      String.raw`\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b`,
    ),
    needs: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  },
  mask: (found) => `${found.slice(0, 4)}${'X'.repeat(8)}`,
  examples,
};
