import { VedetteError } from '../../errors.ts';
import type { AccountCoverage, Detection } from '../../model/coverage.ts';
import type { Observation, ObservedEvent, ObservedFinding, ScanFacts } from '../../model/observation.ts';
import { acceptEvent, acceptFacts, acceptFinding, SeenChecks } from './acceptance.ts';
import type { ScanKey } from './scan-key.ts';
import { boundScope, scopeFrom } from './scope.ts';

export interface PersistInput {
  organizationId: string;
  /** The run that the scan belongs to; null for an import. */
  runId: string | null;
  /** The AWS profile that was scanned, where it is known. */
  profile: string | null;
  /** Of the results file. */
  resultsSha256: string;
}

/** A scan as a source has observed it, on its way into the tables. */
export interface IncomingScan {
  key: ScanKey;
  input: PersistInput;
  /** Its scope is bounded, and tells all that it could not see. */
  facts: ScanFacts;
  /** Of a scan that looked for detections. */
  coverage: IncomingCoverage | null;
  /** As many as the scanner has checks. */
  findings: readonly ObservedFinding[];
  /** Not read yet: they may be very many. */
  events: AsyncIterator<ObservedEvent>;
}

/** What a scan says of detection coverage. */
export interface IncomingCoverage {
  coverage: AccountCoverage;
  detections: readonly Detection[];
}

/**
 * Reads the scan up to its first event.
 *
 * @throws VedetteError `results-invalid` when the facts, findings and events do not come in this order, a check comes
 *   twice, or no column can hold what it says.
 */
export async function readScan(
  observations: AsyncIterator<Observation>,
  input: PersistInput,
): Promise<IncomingScan> {
  const first = await observations.next();
  if (first.done === true || first.value.kind !== 'scan') {
    throw new VedetteError('results-invalid', 'The results do not begin with the facts of the scan.');
  }
  const { scan } = first.value;
  acceptFacts(scan);
  const facts = { ...scan, scope: boundScope(scopeFrom(scan.scope)) };
  const findings: ObservedFinding[] = [];
  const seen = new SeenChecks();
  let next = await observations.next();
  let coverage: AccountCoverage | null = null;
  const detections: Detection[] = [];
  for (; next.done !== true; next = await observations.next()) {
    if (next.value.kind === 'coverage') ({ coverage } = next.value);
    else if (next.value.kind === 'detection') detections.push(next.value.detection);
    else break;
  }
  for (; next.done !== true && next.value.kind === 'finding'; next = await observations.next()) {
    const { finding } = next.value;
    acceptFinding(finding);
    seen.add(finding);
    findings.push(finding);
  }
  const key = { organizationId: input.organizationId, accountId: facts.accountId, source: facts.source };
  const events = eventsFrom(next, observations);
  return { key, input, facts, coverage: coverage && { coverage, detections }, findings, events };
}

async function* eventsFrom(
  first: IteratorResult<Observation>,
  rest: AsyncIterator<Observation>,
): AsyncGenerator<ObservedEvent> {
  for (let next = first; next.done !== true; next = await rest.next()) {
    if (next.value.kind !== 'event') {
      throw new VedetteError(
        'results-invalid',
        `The results hold a ${next.value.kind} after the first event.`,
      );
    }
    acceptEvent(next.value.event);
    yield next.value.event;
  }
}
