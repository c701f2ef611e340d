import { allOf, arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Stream {
  id: string;
  name: string;
}

export interface StreamSummary {
  encryption: string;
  retentionHours: number;
}

async function kinesis({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-kinesis');
  return { ...sdk, client: clients.of(sdk.KinesisClient, region) };
}

export const kinesisCalls = {
  'kinesis:ListStreams': listCall<Stream>({
    where: 'region',
    async list(caller) {
      const { client, paginateListStreams } = await kinesis(caller);
      const names = await allOf(paginateListStreams({ client }, {}), (page) => page.StreamNames);
      return names.map((name) => ({ id: arnOf(caller, 'kinesis', `stream/${name}`), name }));
    },
  }),

  'kinesis:DescribeStreamSummary': detailCall<Stream, StreamSummary>({
    of: 'kinesis:ListStreams',
    async get(caller, { name }) {
      const { client, DescribeStreamSummaryCommand } = await kinesis(caller);
      const { StreamDescriptionSummary: stream } = await client.send(
        new DescribeStreamSummaryCommand({ StreamName: name }),
      );
      return {
        encryption: stream?.EncryptionType ?? 'NONE',
        retentionHours: stream?.RetentionPeriodHours ?? 24,
      };
    },
  }),
};
