import { setTimeout as sleep } from 'node:timers/promises';
import { cancelJob, startJob } from '../client/data-jobs.ts';
import { ownPlace } from '../client/place.ts';
import { awaitRun } from '../client/runs.ts';
import { connectTemporal } from '../client/temporal.ts';
import { detachedStack } from '../embedded/detached.ts';
import { ExitCode, exitCodeOf, VedetteError } from '../errors.ts';
import type { DataFinding, DataJob, ObjectStatus } from '../model/object-ledger.ts';
import type { ScanRunInput } from '../model/pipeline.ts';
import type { RunResult } from '../model/run.ts';
import { planDataJob } from '../planning/plan-data-job.ts';
import type { WantedJob } from '../planning/plan-data-job.ts';
import { lazyStore } from '../store/database/open.ts';
import type { Store } from '../store/database/store.ts';
import { getJob, jobBook, jobObjects, listJobs } from '../store/objects/jobs.ts';
import { allResults, listResults } from '../store/objects/results.ts';
import type { ResultFilter } from '../store/objects/results.ts';
import { printable } from '../text/printable.ts';
import type { CommandContext } from './command-context.ts';
import { renderDetail, renderJson, renderList } from './output/render.ts';
import type { OutputOptions } from './output/render.ts';
import { tell, write } from './output/write.ts';
import { openStack, withStack } from './stack.ts';
import { withStore } from './with-store.ts';

const POLL_MS = 1000;

interface FollowOptions {
  detach?: true;
  output: 'table' | 'json' | OutputOptions['output'];
}

/** Starts a job and follows it to its end; Ctrl-C cancels it. */
export async function runJob(
  context: CommandContext,
  options: FollowOptions,
  wanted: WantedJob,
): Promise<void> {
  const { config, logger } = context;
  const lazy = lazyStore(config, logger);
  try {
    const input = await planDataJob({ config, store: lazy.get }, wanted);
    await (options.detach === true
      ? detach(context, options, input, await lazy.get())
      : follow(context, options, input, await lazy.get()));
  } finally {
    await lazy.close();
  }
}

async function detach(
  context: CommandContext,
  { output }: FollowOptions,
  input: ScanRunInput,
  store: Store,
): Promise<void> {
  const { config } = context;
  const stack = await detachedStack(config, context);
  const temporal = await connectTemporal(config, stack.address);
  try {
    const jobId = await startJob(
      jobBook(store, input.organizationId),
      { temporal, taskQueue: config.temporal.taskQueue },
      input,
    );
    if (output === 'json') renderJson(await getJob(store, input.organizationId, jobId));
    else write(`${jobId}\n`);
    tell(`See how far it is with: vedette s3 job ${jobId}`);
  } finally {
    await temporal.close();
  }
}

async function follow(
  context: CommandContext,
  options: FollowOptions,
  input: ScanRunInput,
  store: Store,
): Promise<void> {
  const { organizationId } = input;
  let jobId: string | undefined;
  let run: RunResult | undefined;
  await withStack(context, async ({ temporal }) => {
    const place = ownPlace(temporal, context.config);
    jobId ??= await startJob(jobBook(store, organizationId), place, input);
    const id = jobId;
    const cancel = (): void => {
      tell('Cancelling the job …');
      cancelJob(jobBook(store, organizationId), place, id).catch((error: unknown) =>
        context.logger.warn({ err: error }, 'cannot cancel the job'),
      );
    };
    if (context.signal.aborted) cancel();
    else context.signal.addEventListener('abort', cancel, { once: true });
    const watching = new AbortController();
    const watched = watch(store, organizationId, id, watching.signal);
    try {
      run = await awaitRun(temporal, id);
    } finally {
      context.signal.removeEventListener('abort', cancel);
      watching.abort();
      await watched;
    }
  });
  const job = await getJob(store, organizationId, jobId as string);
  if (options.output === 'json') renderJson(job);
  else renderDetail(detailOf(job));
  const failure = run?.accounts[0]?.error ?? null;
  if (run?.status === 'interrupted') process.exitCode = ExitCode.Interrupted;
  else if (failure !== null) {
    tell(`error: ${printable(failure.message)}`);
    tell(`  → ${printable(failure.remedy)}`);
    process.exitCode = exitCodeOf(new VedetteError(failure.type, failure.message));
  } else if (job.failed > 0) process.exitCode = ExitCode.SomeFailed;
}

/** Tells how far the job is, whenever it has moved. */
async function watch(
  store: Store,
  organizationId: string,
  jobId: string,
  signal: AbortSignal,
): Promise<void> {
  let told = '';
  while (!signal.aborted) {
    const job = await getJob(store, organizationId, jobId).catch(() => null);
    const line = job === null ? '' : progressLine(job);
    if (line !== told && line !== '') tell(line);
    told = line;
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

function progressLine(job: DataJob): string {
  const done = job.succeeded + job.failed + job.skipped;
  return `${done} of ${job.total_objects} objects, ${job.total_findings} findings`;
}

function detailOf(job: DataJob) {
  return {
    title: `Job ${job.job_id}`,
    parts: [
      {
        facts: [
          ['Bucket', job.prefix === '' ? job.bucket : `${job.bucket}/${job.prefix}`],
          ['Status', job.reason === null ? job.status : `${job.status}: ${job.reason}`],
          [
            'Objects',
            `${job.total_objects}: ${job.succeeded} succeeded, ${job.failed} failed, ${job.skipped} skipped, ${job.processing} in progress, ${job.queued} queued`,
          ],
          ['Progress', `${job.progress_percent} %`],
          ['Findings', String(job.total_findings)],
          ['Read', `${(job.bytes / 1e6).toFixed(1)} MB`],
          ['Detectors', job.detectors.join(', ')],
          ['Account', job.account],
          ['Started', job.created_at],
          ['Ended', job.ended_at],
        ] as const,
      },
    ],
  };
}

export async function printJobs(
  context: CommandContext,
  output: OutputOptions,
  limit: number,
): Promise<void> {
  await withStore(context, async (store) => {
    await renderList(output, {
      rows: await listJobs(store, context.config.general.organizationId, limit),
      columns: [
        { header: 'JOB', value: (job) => job.job_id, name: 'job_id', least: 20 },
        { header: 'BUCKET', value: (job) => job.bucket, least: 12 },
        { header: 'PREFIX', value: (job) => job.prefix, rank: 1 },
        { header: 'STATUS', value: (job) => job.status, shows: 'state' },
        { header: 'PROGRESS', value: (job) => `${job.progress_percent} %`, name: 'progress_percent' },
        { header: 'OBJECTS', value: (job) => job.total_objects, name: 'total_objects' },
        { header: 'FAILED', value: (job) => job.failed },
        { header: 'SKIPPED', value: (job) => job.skipped, rank: 2 },
        { header: 'FINDINGS', value: (job) => job.total_findings, name: 'total_findings' },
        { header: 'STARTED', value: (job) => job.created_at, name: 'created_at', shows: 'time' },
      ],
      json: (jobs) => ({ jobs }),
      empty: 'No jobs yet. Start one with: vedette s3 scan BUCKET',
    });
  });
}

export async function printJob(
  context: CommandContext,
  { output }: OutputOptions,
  jobId: string,
): Promise<void> {
  await withStore(context, async (store) => {
    const job = await getJob(store, context.config.general.organizationId, jobId);
    if (output === 'json') renderJson(job);
    else renderDetail(detailOf(job));
  });
}

export async function printObjects(
  context: CommandContext,
  output: OutputOptions,
  jobId: string,
  status: ObjectStatus | undefined,
): Promise<void> {
  await withStore(context, async (store) => {
    await renderList(output, {
      rows: jobObjects(store, context.config.general.organizationId, jobId, status),
      columns: [
        { header: 'STATUS', value: (object) => object.status, shows: 'state' },
        { header: 'KEY', value: (object) => object.key, least: 20 },
        { header: 'REASON', value: (object) => object.reason, least: 20 },
      ],
      json: (objects) => objects,
      empty: status === undefined ? 'Every object was scanned whole.' : `No object is ${status}.`,
    });
  });
}

export async function cancelNamed(context: CommandContext, jobId: string): Promise<void> {
  await withStore(context, async (store) => {
    await getJob(store, context.config.general.organizationId, jobId);
    const open = await openStack(context);
    try {
      await cancelJob(
        jobBook(store, context.config.general.organizationId),
        ownPlace(open.temporal, context.config),
        jobId,
      );
    } finally {
      await open.close();
    }
  });
  tell(`${jobId} is being cancelled; what it has found stays.`);
}

export async function retryJob(
  context: CommandContext,
  options: FollowOptions,
  jobId: string,
): Promise<void> {
  let before: DataJob | undefined;
  await withStore(context, async (store) => {
    before = await getJob(store, context.config.general.organizationId, jobId);
  });
  const { bucket, prefix, detectors, account, failed } = before as DataJob;
  if (failed === 0) {
    throw new VedetteError('nothing-to-scan', `No object of ${jobId} has failed.`, {
      remedy: 'Start a new job with vedette s3 scan.',
    });
  }
  await runJob(context, options, { bucket, prefix, detectors, account, retryOf: jobId });
}

export async function printResults(
  context: CommandContext,
  output: OutputOptions,
  filter: ResultFilter,
  { limit, cursor }: { limit: number; cursor: number | undefined },
): Promise<void> {
  await withStore(context, async (store) => {
    const { organizationId } = context.config.general;
    const page =
      limit === 0 || output.output === 'jsonl'
        ? null
        : await listResults(store, organizationId, filter, { limit, cursor });
    await renderList<DataFinding>(output, {
      rows: page === null ? allResults(store, organizationId, filter) : page.findings,
      columns: [
        { header: 'ID', value: (finding) => finding.id },
        { header: 'DETECTOR', value: (finding) => finding.detector },
        { header: 'BUCKET', value: (finding) => finding.bucket, rank: 1 },
        { header: 'KEY', value: (finding) => finding.key, least: 16 },
        { header: 'MEMBER', value: (finding) => finding.member, rank: 2 },
        { header: 'BYTE', value: (finding) => finding.byte_offset, name: 'byte_offset', rank: 3 },
        { header: 'MATCH', value: (finding) => finding.masked_match, name: 'masked_match', least: 12 },
        { header: 'CONTEXT', value: (finding) => finding.context, least: 16 },
      ],
      json: (findings) => ({
        findings,
        total: page?.total ?? findings.length,
        limit,
        next_cursor: page?.nextCursor == null ? null : String(page.nextCursor),
        has_more: page?.nextCursor != null,
      }),
      empty: 'Nothing was found.',
    });
  });
}
