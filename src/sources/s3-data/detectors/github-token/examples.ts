import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: [
    'GITHUB_TOKEN=«ghp_a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2»',
    'token: «github_pat_AAAAAAAAAAAAAAAAAAAAAA_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb»',
  ],
  benign: [
    'ghp_a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B',
    'ghp_a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2x',
    'xghp_a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2',
    'ghx_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  ],
};
