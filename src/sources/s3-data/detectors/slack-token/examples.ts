import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: [
    'SLACK=«xoxb-123456789012-123456789012-aB3daB3daB3daB3daB3daB3d»',
    '"«https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX»"',
  ],
  benign: [
    'xoxb-placeholder-token',
    'xoxz-123456789012-123456789012-aaaaaaaa',
    'https://hooks.slack.com/docs',
  ],
};
