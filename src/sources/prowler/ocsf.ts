import { ELEMENT, JsonSkimmer } from '../../json/json-skimmer.ts';
import type { JsonVisitor } from '../../json/json-skimmer.ts';
import type { WorkContext } from '../../work-context.ts';
import { invalid, RESULTS_REMEDY } from './errors.ts';
import { addressesIn, requirementsOf, timeOf } from './result.ts';
import type { ProwlerResult } from './result.ts';
import { pieces } from './results-file.ts';
import type { ResultsFile } from './results-file.ts';

/** One finding brings along what Prowler knows of the resource. */
const MAX_FINDING_BYTES = 16 * 1024 * 1024;

const SUPPRESSED = 3;

/** The list of OCSF findings in a file, one by one; in memory are those of one piece of it. */
export async function* ocsfResults(
  results: ResultsFile,
  context: Pick<WorkContext, 'signal' | 'onProgress'>,
): AsyncGenerator<ProwlerResult> {
  const { file } = results;
  let count = 0;
  let read: unknown[] = [];
  const visitor: JsonVisitor = {
    choose: (path) => (path.length === 1 && path[0] === ELEMENT ? 'keep' : 'skip'),
    value: (_path, value) => read.push(value),
  };
  const reject = (problem: string, offset: number) => {
    const where = `after finding ${count + read.length}, byte ${offset}`;
    return invalid(file, `${problem.replaceAll(ELEMENT, 'a finding')} (${where})`);
  };
  const skimmer = new JsonSkimmer(visitor, reject, { root: 'list', maxKeptBytes: MAX_FINDING_BYTES });
  for await (const { text } of pieces(results, context)) {
    skimmer.write(text);
    for (const value of read) {
      count += 1;
      yield resultOf(file, value, `finding ${count}`);
    }
    read = [];
  }
  skimmer.end();
}

function resultOf(file: string, value: unknown, where: string): ProwlerResult {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(file, `has no finding where its ${where} should be`, RESULTS_REMEDY);
  }
  const resource = at(value, 'resources', '0');
  const time = [at(value, 'time'), at(value, 'time_dt'), at(value, 'event_time')].find(
    (one) => one !== undefined,
  );
  return {
    where,
    provider: textOf(at(value, 'cloud', 'provider') ?? at(value, 'unmapped', 'provider')),
    accountId: textOf(at(value, 'cloud', 'account', 'uid')),
    version: textOf(at(value, 'metadata', 'product', 'version')),
    time: timeOf(time),
    checkId: textOf(at(value, 'metadata', 'event_code')),
    service: textOf(at(resource, 'group', 'name')),
    status: textOf(at(value, 'status_code')),
    muted: at(value, 'status_id') === SUPPRESSED || at(value, 'status') === 'Suppressed',
    severity: textOf(at(value, 'severity')),
    region: textOf(at(resource, 'region') ?? at(value, 'cloud', 'region')),
    resourceUid: textOf(at(resource, 'uid')),
    resourceName: textOf(at(resource, 'name')),
    resourceType: textOf(at(resource, 'type')),
    detail: textOf(at(value, 'status_detail') ?? at(value, 'message')),
    describe: () => ({
      title: textOf(at(value, 'finding_info', 'title')),
      rationale: textOf(at(value, 'risk_details')) || textOf(at(value, 'finding_info', 'desc')) || null,
      remediation: textOf(at(value, 'remediation', 'desc')) || null,
      references: addressesIn([
        ...textsOf(at(value, 'remediation', 'references')),
        textOf(at(value, 'unmapped', 'related_url')),
        ...textsOf(at(value, 'unmapped', 'additional_urls')),
      ]),
      compliance: Object.entries(at(value, 'unmapped', 'compliance') ?? {}).flatMap(
        ([framework, references]) => requirementsOf(framework, textsOf(references)),
      ),
    }),
  };
}

/** A member deep inside, by own keys only; undefined where there is none. */
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf).filter((one) => one !== '') : [];
}
