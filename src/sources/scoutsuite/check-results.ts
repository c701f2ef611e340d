import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { VedetteError } from '../../errors.ts';
import type { Choice, JsonVisitor } from '../../json/json-skimmer.ts';
import type { ScanOptions } from '../../model/run.ts';
import type { Target } from '../../model/target.ts';
import type { WorkContext } from '../../work-context.ts';
import { invalid, openResults, skim } from './results/results-file.ts';

/** The scanner's clock has a resolution of one second, and the two clocks need not be the same. */
const START_TOLERANCE_MS = 5000;
/** Clocks differ a little. */
const MOST_AHEAD_MS = 5 * 60_000;

interface ResultsFacts {
  accountId: string;
  startedAt: number;
  resources: number;
  services: readonly string[];
  /** Services whose resources lie in regions, with the regions that were looked at. */
  regions: ReadonlyMap<string, readonly string[]>;
}

export interface Expectation {
  target: Target;
  options: ScanOptions;
  /** When the scanner was started, in milliseconds since 1970. */
  startedAt: number;
}

/**
 * Whether a results file is that of the scan that just ended.
 *
 * @returns the account id in it
 * @throws VedetteError `results-missing`, `results-invalid`, `scan-empty` when nothing was looked at, `scan-mismatch`
 *   when it is of another account, older than the scan, or of a clock that is ahead.
 */
export async function checkResults(
  file: string,
  expected: Expectation,
  context: WorkContext,
): Promise<string> {
  await stat(file).catch((cause: unknown) => {
    throw new VedetteError('results-missing', `The scanner ended without leaving ${file}.`, {
      cause,
      remedy: 'Scan again; vedette doctor checks the scanner.',
    });
  });
  const facts = await readFacts(file, context);
  const { accountId } = expected.target;
  if (accountId !== null && facts.accountId !== accountId) {
    throw new VedetteError(
      'scan-mismatch',
      `The profile ${JSON.stringify(expected.target.name)} signs in to account ${facts.accountId}, not ${accountId}.`,
    );
  }
  if (!(facts.startedAt >= expected.startedAt - START_TOLERANCE_MS)) {
    throw new VedetteError('scan-mismatch', `${file} is not of this scan: it is older, or tells no time.`);
  }
  const now = Date.now();
  if (facts.startedAt > now + MOST_AHEAD_MS) {
    const [told, here] = [facts.startedAt, now].map((time) => new Date(time).toISOString());
    throw new VedetteError(
      'scan-mismatch',
      `${file} says that the scan began at ${told}, but it is ${here}.`,
      {
        remedy: 'Set the clock of the machine that scans right, and scan again.',
      },
    );
  }
  checkNotEmpty(facts, expected.options, context);
  return facts.accountId;
}

function checkNotEmpty(
  { resources, services, regions }: ResultsFacts,
  options: ScanOptions,
  { logger }: WorkContext,
) {
  if (services.length === 0) throw new VedetteError('scan-empty', 'The scan covered no service.');
  if (regions.size === 0) return;
  const seen = new Set([...regions.values()].flat());
  const unseen = options.regions.filter((region) => !seen.has(region));
  if (seen.size === 0 && (unseen.length > 0 || resources === 0)) {
    const where = unseen.length > 0 ? quoted(unseen) : 'any region';
    throw new VedetteError('scan-empty', `The scan found nothing to look at in ${where}.`, {
      remedy:
        'Check the names given to --regions, that they are enabled in the account, and ec2:DescribeRegions.',
    });
  }
  if (unseen.length > 0) logger.warn({ regions: unseen }, 'regions that the scan did not look at');
}

async function readFacts(file: string, context: WorkContext): Promise<ResultsFacts> {
  const reader = new FactsReader();
  const results = await openResults(file);
  try {
    for await (const _ of skim(results, reader, context));
  } finally {
    await results.handle.close();
  }
  const facts = reader.facts();
  if (facts === undefined) throw invalid(file, 'lacks account_id, last_run or service_list');
  return facts;
}

const KEPT = new Set(['account_id', 'last_run', 'service_list']);

const head = z.object({
  account_id: z.string(),
  last_run: z.object({
    time: z.string(),
    summary: z.record(z.string(), z.object({ resources_count: z.number().catch(0) })),
  }),
  service_list: z.array(z.string()),
});

/** Picks the few facts out of the file; findings and resources are passed over. */
class FactsReader implements JsonVisitor {
  private readonly kept: Record<string, unknown> = {};
  private readonly regions = new Map<string, string[]>();

  choose([group = '', service, member, region]: readonly string[]): Choice {
    if (service === undefined) return KEPT.has(group) ? 'keep' : group === 'services' ? 'enter' : 'skip';
    if (member === undefined) return 'enter';
    if (member !== 'regions') return 'skip';
    const regions = this.regions.get(service) ?? [];
    this.regions.set(service, region === undefined ? regions : [...regions, region]);
    return region === undefined ? 'enter' : 'skip';
  }

  value([group = '', service]: readonly string[], value: unknown): void {
    if (service === undefined) this.kept[group] = value;
  }

  /** @returns undefined when the file lacks one of them */
  facts(): ResultsFacts | undefined {
    const parsed = head.safeParse(this.kept);
    if (!parsed.success) return undefined;
    const { account_id: accountId, last_run: run, service_list: services } = parsed.data;
    return {
      accountId,
      startedAt: Date.parse(run.time.replace(/^(\S+) (\S+?)([+-]\d\d)(\d\d)$/, '$1T$2$3:$4')),
      resources: Object.values(run.summary).reduce((sum, { resources_count: count }) => sum + count, 0),
      services,
      regions: new Map([...this.regions].filter(([service]) => services.includes(service))),
    };
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
