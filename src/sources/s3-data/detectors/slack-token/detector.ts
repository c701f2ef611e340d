import type { Detector } from '../detector.ts';
import { Pattern } from '../pattern/pattern.ts';
import { examples } from './examples.ts';

export const slackToken: Detector = {
  id: 'slack_token',
  title: 'Slack tokens and web hooks',
  level: 'critical',
  rules: [
    '`xoxa-`, `xoxb-`, `xoxo-`, `xoxp-`, `xoxr-` or `xoxs-` and 10 to 200 letters, digits and hyphens, at least 10 of them digits; an `xapp-` token; or the address of a web hook.',
    'Before and after it stands no letter, digit, `_` or hyphen.',
  ],
  finder: {
    by: 'pattern',
    pattern: new Pattern(
      String.raw`(?<![\w-])(?:xox[abposr]-[0-9A-Za-z-]{10,200}|xapp-[0-9]-[A-Z0-9]{8,16}-[0-9]{8,16}-[a-f0-9]{32,128}|https://hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/]{20,120})(?![\w-])`,
    ),
    needs: ['xox', 'xapp-', 'hooks.slack.com'],
    validate,
  },
  mask: (found) => `${found.slice(0, 5)}${'X'.repeat(8)}`,
  examples,
};

function validate(found: string): boolean {
  return !found.startsWith('xox') || found.replace(/\D/g, '').length >= 10;
}
