import { setting } from '../../../src/config/setting.ts';
import type { Values } from '../../../src/config/setting.ts';
import { integer, text } from '../../../src/config/types.ts';

export const tinySettings = {
  cloud: setting('VEDETTE_TINY_CLOUD', text, 'The file with the recorded cloud.'),
  prefix: setting('VEDETTE_TINY_PREFIX', text, 'Scan only objects whose `bucket/key` begins so.'),
  batchSize: setting('VEDETTE_TINY_BATCH', integer(2, { min: 1, max: 1000 }), 'Objects in one batch.'),
  batchesAtOnce: setting('VEDETTE_TINY_AT_ONCE', integer(2, { min: 1, max: 50 }), 'Batches at a time.'),
  batchesPerPlan: setting('VEDETTE_TINY_PLAN', integer(3, { min: 1, max: 100 }), 'Batches of one plan.'),
};

export type TinySettings = Values<typeof tinySettings>;
