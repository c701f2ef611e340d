import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import type { AwsClients } from '../aws/clients.ts';
import { awsFailure } from '../aws/failures.ts';
import type { AllowedCall } from '../aws/read-only.ts';
import { partitionOf } from '../aws/regions.ts';
import { VedetteError } from '../errors.ts';
import type { Interval, SectionStatus } from '../model/view360.ts';
import { packageVersion } from '../package-root.ts';
import type { WorkContext } from '../work-context.ts';
import { lastDay } from './periods.ts';
import type { Period } from './periods.ts';
import { NOT_COLLECTED } from './sections/all-sections.ts';
import type { Collector, Labels, Row, Scope, Section } from './sections/section.ts';

/** What one payload is about. */
export interface PayloadRequest {
  accountId: string;
  regions: readonly string[];
  interval: Interval;
  period: Period;
  /** A day that is over: what is a snapshot of now is not collected, it would stand under a wrong date. */
  isHistory: boolean;
  labels: Labels;
  configMode: 'changed' | 'full';
  includeContacts: boolean;
  /** Requests to Cost Explorer that may still be made. */
  costRequests: number;
  now: Date;
}

export interface SectionReport {
  section: string;
  status: SectionStatus;
  rows: number;
  calls: number;
  throttles: number;
  ms: number;
}

export interface CollectedPayload {
  file: string;
  sections: SectionReport[];
  messages: readonly Message[];
  calls: number;
  throttles: number;
  costRequests: number;
}

export interface Message {
  type: 'ERROR' | 'WARNING' | 'INFO';
  section: string;
  code: string;
  message: string;
}

interface PartReport {
  status: SectionStatus;
  complete: boolean;
  /** Those that were seen: it may be that a service is not in all. */
  regions: readonly string[];
  error?: { code: string; operation: string; region: string };
}

const REGIONS_AT_ONCE = 6;
const GLOBAL = 'global';
const COST_EXPLORER = 'cost-explorer';
/** What AWS says of a service that the account has not, or not there. */
const NOT_ENABLED = new Set(['SubscriptionRequiredException', 'OptInRequired', 'OptInRequiredException']);
const MOST_MESSAGE = 500;

/**
 * Collects one payload into a file, section by section: what one service refuses never stops the others, and nothing is called
 * empty that was not seen.
 *
 * @throws VedetteError of the file; the signal's reason
 */
export async function collectPayload(
  sections: readonly Section[],
  skipped: readonly Section[],
  clients: AwsClients,
  request: PayloadRequest,
  file: string,
  context: WorkContext,
): Promise<CollectedPayload> {
  const payload = new PayloadCollector(clients, request, context);
  const stream = createWriteStream(file, { mode: 0o600 });
  const startedAt = Date.now();
  try {
    await write(stream, '{');
    for (const section of sections) {
      context.onProgress(`${request.accountId}: ${section.name}`);
      const content = await payload.collect(section);
      if (content !== undefined) await writeSection(stream, section.name, content);
    }
    for (const { name } of skipped) payload.notRun(name);
    for (const [name, why] of Object.entries(NOT_COLLECTED)) payload.notCollected(name, why);
    await write(stream, `"logs":${JSON.stringify(payload.logs())},`);
    await write(stream, `"meta":${JSON.stringify(payload.meta(Date.now() - startedAt))}}\n`);
    stream.end();
    await once(stream, 'close');
  } finally {
    stream.destroy();
  }
  const { calls, throttles } = clients.counts.total();
  return {
    file,
    sections: payload.reports,
    messages: payload.messages,
    calls,
    throttles,
    costRequests: payload.costRequests(),
  };
}

class PayloadCollector {
  readonly reports: SectionReport[] = [];
  readonly messages: Message[] = [];
  readonly #clients: AwsClients;
  readonly #request: PayloadRequest;
  readonly #context: WorkContext;
  readonly #once = new Map<string, Promise<unknown>>();
  readonly #redacted = new Set<string>();
  readonly #told: Record<string, object> = {};
  readonly #costBefore: number;

  constructor(clients: AwsClients, request: PayloadRequest, context: WorkContext) {
    this.#clients = clients;
    this.#request = request;
    this.#context = context;
    this.#costBefore = costCalls(clients);
  }

  costRequests(): number {
    return costCalls(this.#clients) - this.#costBefore;
  }

  notRun(name: string): void {
    this.reports.push({ section: name, status: 'NotRun', rows: 0, calls: 0, throttles: 0, ms: 0 });
    this.#told[name] = { status: 'NotRun', complete: false, regions: [] };
  }

  notCollected(name: string, why: string): void {
    this.notRun(name);
    this.#say('INFO', name, 'NotCollected', why);
  }

  /** What the section holds; undefined when nothing was seen of it. */
  async collect(section: Section): Promise<unknown> {
    if (this.#request.isHistory && section.kind === 'snapshot') {
      this.notRun(section.name);
      return undefined;
    }
    const startedAt = Date.now();
    const before = this.#clients.counts.total();
    const parts: Record<string, PartReport> = {};
    const regions = new Set<string>();
    const content: Record<string, unknown> = {};
    let whole: readonly Row[] | Row | undefined;
    let rows = 0;
    for (const [path, collector] of Object.entries(section.parts)) {
      const found = await this.#part(section, path, collector);
      parts[path.split('.')[0] as string] = found.report;
      for (const region of found.report.regions) regions.add(region);
      if (found.pieces.length === 0) continue;
      const value = joined(section, path, found.pieces, this.#scope(section, collector, this.#home(), []));
      rows += Array.isArray(value) ? value.length : 1;
      if (path === '') whole = value;
      else put(content, path.split('.'), value);
    }
    const after = this.#clients.counts.total();
    const reports = Object.values(parts);
    const status = combined(reports.map((one) => one.status));
    const error = reports.find((one) => one.error !== undefined)?.error;
    const report = {
      section: section.name,
      status,
      rows,
      calls: after.calls - before.calls,
      throttles: after.throttles - before.throttles,
      ms: Date.now() - startedAt,
    };
    this.reports.push(report);
    this.#told[section.name] = {
      status,
      complete: reports.every((one) => one.complete),
      regions: [...regions],
      calls: report.calls,
      throttles: report.throttles,
      ms: report.ms,
      ...(error === undefined ? {} : { error }),
      ...(Object.keys(parts).length > 1 ? { parts } : {}),
    };
    return whole ?? (Object.keys(content).length === 0 ? undefined : content);
  }

  async #part(section: Section, path: string, collector: Collector) {
    const places = collector.where === 'account' ? [this.#home()] : this.#request.regions;
    const pieces: (readonly Row[] | Row)[] = [];
    const statuses: SectionStatus[] = [];
    const seen: string[] = [];
    let error: PartReport['error'];
    let isComplete = collector.complete?.(this.#scope(section, collector, this.#home(), [])) ?? true;
    const waiting = [...places.keys()];
    const results: (readonly Row[] | Row | undefined)[] = [];
    const work = async (): Promise<void> => {
      for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
        const region = places[at] as string;
        const warnings: string[] = [];
        const outcome = await this.#at(section, path, collector, region, warnings);
        statuses[at] = outcome.status;
        if (warnings.length > 0) isComplete = false;
        if (outcome.status === 'Pass' || outcome.status === 'Partial') {
          results[at] = outcome.value;
          seen.push(collector.where === 'account' ? GLOBAL : region);
        } else error ??= outcome.error;
      }
    };
    await Promise.all(Array.from({ length: Math.min(REGIONS_AT_ONCE, places.length) }, work));
    for (const piece of results) if (piece !== undefined) pieces.push(piece);
    // Web ACLs of CloudFront have no region, and are asked for in this one.
    if (seen.includes('us-east-1')) seen.push(GLOBAL);
    const status = combined(statuses);
    const report: PartReport = {
      status,
      complete: isComplete && status === 'Pass',
      regions: seen.toSorted(),
      ...(error === undefined ? {} : { error }),
    };
    return { pieces, report };
  }

  async #at(section: Section, path: string, collector: Collector, region: string, warnings: string[]) {
    this.#context.signal.throwIfAborted();
    const name = path === '' ? section.name : `${section.name}.${path}`;
    const call = collector.calls[0] as AllowedCall;
    try {
      if (this.#isOverBudget(collector)) throw new BudgetSpent(this.#request.costRequests);
      const value = await collector.collect(this.#scope(section, collector, region, warnings));
      return { status: warnings.length > 0 ? ('Partial' as const) : ('Pass' as const), value };
    } catch (thrown) {
      this.#context.signal.throwIfAborted();
      const failure = awsFailure(thrown, callIn(call, region));
      const isOff =
        failure.kind === 'unsupported' ||
        failure.kind === 'region-disabled' ||
        NOT_ENABLED.has(failure.code) ||
        (collector.notEnabled ?? []).includes(failure.code);
      const status = isOff ? ('NotEnabled' as const) : ('Fail' as const);
      const code = thrown instanceof VedetteError ? thrown.type : failure.code;
      this.#say(isOff ? 'INFO' : 'ERROR', name, code, `${region}: ${failure.message}`);
      return { status, error: { code, operation: call, region } };
    }
  }

  #scope(section: Section, collector: Collector, region: string, warnings: string[]): Scope {
    const { accountId, regions, interval, period, labels, configMode, includeContacts, now } = this.#request;
    const { id: partition } = partitionOf(region);
    return {
      clients: this.#clients,
      region,
      regions,
      accountId,
      partition,
      interval,
      period,
      today: now.toISOString().slice(0, 10),
      isHistory: this.#request.isHistory,
      labels,
      configMode,
      includeContacts,
      signal: this.#context.signal,
      once: <Result>(name: string, ask: () => Promise<Result>) => {
        const known = this.#once.get(name) as Promise<Result> | undefined;
        const asked = known ?? ask();
        this.#once.set(name, asked);
        return asked;
      },
      warn: (problem, call) => {
        const { code, message, kind } = awsFailure(problem, callIn(call, region));
        if (kind !== 'not-found' && !(collector.notEnabled ?? []).includes(code)) warnings.push(code);
        this.#say('WARNING', section.name, code, `${call} in ${region}: ${message}`);
      },
      redacted: (path) => void this.#redacted.add(path),
    };
  }

  #say(type: Message['type'], section: string, code: string, message: string): void {
    this.messages.push({ type, section, code, message: message.slice(0, MOST_MESSAGE) });
  }

  #home(): string {
    return partitionOf(this.#request.regions[0] ?? 'us-east-1').globalRegion;
  }

  #isOverBudget({ calls }: Collector): boolean {
    return (
      calls.some((call) => call.startsWith(`${COST_EXPLORER}:`)) &&
      this.costRequests() >= this.#request.costRequests
    );
  }

  logs(): object {
    return {
      ...Object.fromEntries(this.reports.map(({ section, status }) => [`${section}_status`, status])),
      message: this.messages,
    };
  }

  meta(collectMs: number): object {
    const { accountId, interval, period, now, regions } = this.#request;
    const { calls, throttles } = this.#clients.counts.total();
    return {
      schema: 'vedette.view360/3',
      account_id: accountId,
      partition: partitionOf(regions[0] ?? 'us-east-1').id,
      region: GLOBAL,
      interval,
      period,
      period_end: lastDay(period),
      generated_at: now.toISOString(),
      sender: { name: 'vedette', version: packageVersion() },
      collect_ms: collectMs,
      api_calls: calls,
      throttles,
      redacted: [...this.#redacted],
      sections: this.#told,
    };
  }
}

class BudgetSpent extends VedetteError {
  constructor(requests: number) {
    super(
      'usage',
      `the budget of ${requests} requests to Cost Explorer is spent (VEDETTE_VIEW360_COST_REQUESTS)`,
    );
  }
}

/** Of regions, or of parts: what passed in some of them passed in part; what is off there is no fault. */
function combined(statuses: readonly SectionStatus[]): SectionStatus {
  const some = (status: SectionStatus) => statuses.includes(status);
  if (statuses.length === 0) return 'NotRun';
  const seen = some('Pass') || some('Partial');
  if (some('Fail')) return seen ? 'Partial' : 'Fail';
  if (some('Partial')) return 'Partial';
  return seen ? 'Pass' : (statuses[0] as SectionStatus);
}

function joined(
  section: Section,
  path: string,
  pieces: readonly (readonly Row[] | Row)[],
  scope: Scope,
): readonly Row[] | Row {
  const isList = Array.isArray(pieces[0]);
  if (isList) return pieces.flat();
  const objects = pieces as readonly Row[];
  return path === '' && section.merge !== undefined ? section.merge(objects, scope) : (objects[0] as Row);
}

function put(
  content: Record<string, unknown>,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): void {
  if (rest.length === 0) {
    content[name] = value;
    return;
  }
  const inner = (content[name] ?? {}) as Record<string, unknown>;
  content[name] = inner;
  put(inner, rest, value);
}

function callIn(call: AllowedCall, region: string) {
  const [service = '', operation = ''] = call.split(':');
  return { service, operation, region };
}

function costCalls({ counts }: AwsClients): number {
  return counts
    .list()
    .filter(({ service }) => service === COST_EXPLORER)
    .reduce((sum, { calls }) => sum + calls, 0);
}

/** Lists row by row: a long one is never one text. */
async function writeSection(stream: WriteStream, name: string, content: unknown): Promise<void> {
  await write(stream, `${JSON.stringify(name)}:`);
  await writeValue(stream, content);
  await write(stream, ',');
}

async function writeValue(stream: WriteStream, value: unknown): Promise<void> {
  if (Array.isArray(value)) {
    await write(stream, '[');
    for (const [at, row] of value.entries())
      await write(stream, `${at === 0 ? '' : ','}${JSON.stringify(row)}`);
    await write(stream, ']');
  } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    await write(stream, '{');
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    for (const [at, [key, member]] of members.entries()) {
      await write(stream, `${at === 0 ? '' : ','}${JSON.stringify(key)}:`);
      await writeValue(stream, member);
    }
    await write(stream, '}');
  } else await write(stream, JSON.stringify(value));
}

async function write(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
