import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { WORKFLOWS } from '../../src/model/names.ts';
import type { view360Load, view360Pull, view360Receive } from '../../src/workflows/index.ts';
import { saverOf } from './histories.ts';
import { startServices } from './overlay.ts';
import { startPipeline } from './pipeline.ts';
import { payloadOf } from './view360-payloads.ts';

const BUCKET = 'histories';
const ORGANIZATION = { organizationId: 'default' };
const STRAIGHT = ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL_SQS', 'AWS_ENDPOINT_URL_KMS'];

/** The histories of payloads received, and of an account collected. */
export async function recordReceipts(folder: string): Promise<void> {
  const services = await startServices();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: services.url,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    ...Object.fromEntries(STRAIGHT.map((name) => [name, services.motoUrl])),
  });
  const view360 = { bucket: BUCKET, region: 'us-east-1', regions: ['eu-central-1'] };
  const pipeline = await startPipeline({ view360 });
  const s3 = new S3Client({ region: 'us-east-1' });
  const save = saverOf(pipeline, folder);
  const as = { taskQueue: pipeline.config.temporal.taskQueue };
  const { workflow } = pipeline.env.client;
  try {
    pipeline.profiles({ acme: { aws_access_key_id: 'key', aws_secret_access_key: 'secret' } });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    const put = (key: string, content: string) =>
      s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: content }));
    const day = '2026-11-20';
    await put(`data/111111111111/global/${day}_DAILY.json`, JSON.stringify(payloadOf('111111111111', day)));
    await put('data/222222222222/global/2026-11-20_DAILY.json', '{');
    await workflow.execute<typeof view360Receive>(WORKFLOWS.view360Receive, {
      ...as,
      workflowId: 'receive',
      args: [{ ...ORGANIZATION, once: true, trigger: 'manual' }],
    });
    await save('payloads-received', 'receive');
    for (const [name, bucket] of [
      ['payload-loaded', BUCKET],
      ['payload-given-up', 'nowhere'],
    ] as const) {
      const ref = { bucket, key: `data/111111111111/global/${day}_DAILY.json`, versionId: null };
      await workflow.execute<typeof view360Load>(WORKFLOWS.view360Load, {
        ...as,
        workflowId: name,
        args: [{ ...ref, ...ORGANIZATION, runId: null }],
      });
      await save(name, name);
    }
    await workflow.execute<typeof view360Pull>(WORKFLOWS.view360Pull, {
      ...as,
      workflowId: 'pull',
      args: [
        {
          ...ORGANIZATION,
          targets: [{ kind: 'aws-profile', name: 'acme', accountId: '123456789012' }],
          interval: 'DAILY',
          date: day,
          concurrency: 1,
        },
      ],
    });
    await save('accounts-pulled', 'pull');
  } finally {
    s3.destroy();
    await pipeline.stop();
    await services.stop();
  }
}
