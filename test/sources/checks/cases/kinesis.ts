import type { StreamSummary } from '../../../../src/sources/checks/services/kinesis/collect.ts';
import type { Case, Cases } from './case.ts';

const stream = (what: string, more: Partial<StreamSummary>, says: string): Case => ({
  what,
  answers: {
    'kinesis:ListStreams': [{ id: 's', name: 'clicks' }],
    'kinesis:DescribeStreamSummary': { s: { encryption: 'NONE', retentionHours: 24, ...more } },
  },
  says: [says],
});

export const kinesisCases: Cases = {
  'kinesis-encrypted': [stream('no', {}, 'fail'), stream('yes', { encryption: 'KMS' }, 'pass')],
  'kinesis-retention': [stream('a day', {}, 'fail'), stream('a week', { retentionHours: 168 }, 'pass')],
};
