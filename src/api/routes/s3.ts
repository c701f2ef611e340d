import { z } from 'zod';
import { cancelJob, startJob } from '../../client/data-jobs.ts';
import { ask } from '../../client/temporal.ts';
import { planDataJob } from '../../planning/plan-data-job.ts';
import { resultsFile } from '../../report/data-results.ts';
import { getJob, jobBook, jobObjects, listJobs } from '../../store/objects/jobs.ts';
import { allResults, listResults, rankBuckets } from '../../store/objects/results.ts';
import type { Api, App } from '../api.ts';
import { callerIn, placeOf, requireOwn } from '../authentication.ts';
import { BASE } from '../base.ts';
import { operation } from '../operation.ts';
import * as shapes from '../schemas/s3.ts';
import { startedStream } from '../streaming.ts';

const read = { tag: 'Sensitive data', access: 'look' } as const;
const write = { tag: 'Sensitive data', access: 'run' } as const;
const one = { params: shapes.jobParameter } as const;

const scanning = operation({
  ...write,
  id: 'startDataScan',
  action: 's3.scan',
  summary: 'Start a job over the objects of a bucket, and do not wait for it',
  description: 'The objects are counted while they are listed: `total_objects` of the job grows from 0.',
  body: shapes.scanRequest,
  answers: { 202: shapes.startedJob },
});
const listing = operation({
  ...read,
  id: 'listDataJobs',
  summary: 'Jobs, newest first',
  querystring: shapes.jobListQuery,
  answers: { 200: shapes.jobList },
});
const showing = operation({
  ...read,
  ...one,
  id: 'showDataJob',
  summary: 'One job: how far it is',
  answers: { 200: shapes.job },
});
const cancelling = operation({
  ...write,
  ...one,
  id: 'cancelDataJob',
  action: 's3.cancel',
  summary: 'Ask a job to stop; what it has found stays',
  answers: { 202: shapes.job },
});
const retrying = operation({
  ...write,
  ...one,
  id: 'retryDataJob',
  action: 's3.retry',
  summary: 'Start a new job over the objects that failed',
  answers: { 202: shapes.startedJob },
});
const objects = operation({
  ...read,
  ...one,
  id: 'listDataObjects',
  summary:
    'Objects that the job was the last to look at: those of a status, or those that were not scanned whole',
  querystring: shapes.objectListQuery,
  answers: { 200: shapes.objectList },
});
const results = operation({
  ...read,
  id: 'listDataResults',
  summary: 'What was found, newest first, in pages',
  description: 'Masked: a match itself is nowhere. `cursor` goes before `offset`.',
  querystring: shapes.resultQuery,
  answers: { 200: shapes.results },
});
const exporting = operation({
  ...read,
  id: 'exportDataResults',
  summary: 'All that was found, as a file',
  querystring: shapes.exportQuery,
  produces: ['text/csv', 'application/jsonl'],
  answers: { 200: z.string() },
});
const buckets = operation({
  ...read,
  id: 'listDataBuckets',
  summary: 'The buckets in which something was found, most first',
  answers: { 200: shapes.bucketList },
});

export function s3Routes(app: App, api: Api): void {
  const { config, store, temporal } = api;

  async function start(wanted: Parameters<typeof planDataJob>[1]) {
    const input = await planDataJob({ config, store }, wanted);
    const opened = await store();
    const jobId = await ask(temporal, () =>
      startJob(jobBook(opened, input.organizationId), { temporal, taskQueue: api.place.taskQueue }, input),
    );
    const { bucket, prefix } = wanted;
    return {
      job_id: jobId,
      bucket,
      prefix,
      total_objects: 0,
      messages_enqueued: 0,
      status: 'queued' as const,
    };
  }

  app.post('/s3/scan', scanning, async (request, reply) => {
    requireOwn(config, callerIn(request));
    const { account = null, inventory, ...wanted } = request.body;
    const started = await start({ ...wanted, ...(inventory !== undefined && { inventory }), account });
    return reply.code(202).header('location', `${BASE}/s3/jobs/${started.job_id}`).send(started);
  });
  app.get('/s3/jobs', listing, async (request) => ({
    jobs: await listJobs(await store(), callerIn(request).organizationId, request.query.limit),
  }));
  app.get('/s3/jobs/:job_id', showing, async (request) =>
    getJob(await store(), callerIn(request).organizationId, request.params.job_id),
  );
  app.post('/s3/jobs/:job_id/cancel', cancelling, async (request, reply) => {
    const { organizationId } = callerIn(request);
    const { job_id: jobId } = request.params;
    const opened = await store();
    await getJob(opened, organizationId, jobId);
    await ask(temporal, () =>
      cancelJob(jobBook(opened, organizationId), placeOf(api, callerIn(request)), jobId),
    );
    return reply.code(202).send(await getJob(opened, organizationId, jobId));
  });
  app.post('/s3/jobs/:job_id/retry', retrying, async (request, reply) => {
    requireOwn(config, callerIn(request));
    const { job_id: retryOf } = request.params;
    const { bucket, prefix, detectors, account } = await getJob(
      await store(),
      callerIn(request).organizationId,
      retryOf,
    );
    const started = await start({ bucket, prefix, detectors, account, retryOf });
    return reply.code(202).header('location', `${BASE}/s3/jobs/${started.job_id}`).send(started);
  });
  app.get('/s3/jobs/:job_id/objects', objects, async (request) => {
    const { status, limit } = request.query;
    const found = [];
    let hasMore = false;
    for await (const object of jobObjects(
      await store(),
      callerIn(request).organizationId,
      request.params.job_id,
      status,
    )) {
      hasMore = found.length === limit;
      if (hasMore) break;
      found.push(object);
    }
    return { objects: found, has_more: hasMore };
  });
  app.get('/s3/results', results, async (request) => {
    const { job_id: jobId, bucket, key, detector, limit, cursor, offset } = request.query;
    const page = await listResults(
      await store(),
      callerIn(request).organizationId,
      { jobId, bucket, key, detector },
      { limit, cursor, offset },
    );
    return {
      findings: page.findings,
      total: page.total,
      limit,
      ...(cursor === undefined ? { offset: offset ?? 0 } : { cursor: String(cursor) }),
      next_cursor: page.nextCursor === null ? null : String(page.nextCursor),
      has_more: page.nextCursor !== null,
    };
  });
  // To answer HEAD, all would have to be read.
  app.get('/s3/results/export', { ...exporting, exposeHeadRoute: false }, async (request, reply) => {
    const { format, job_id: jobId, bucket, key, detector } = request.query;
    const caller = callerIn(request);
    const findings = allResults(await store(), caller.organizationId, { jobId, bucket, key, detector });
    const { type, name, rows } = resultsFile(format, findings, new Date());
    const stream = await startedStream(rows, api.streams.open(caller));
    return reply
      .type(type)
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(stream as never);
  });
  app.get('/s3/buckets', buckets, async (request) => ({
    buckets: await rankBuckets(await store(), callerIn(request).organizationId),
  }));
}
