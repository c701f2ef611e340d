import { metricMeter } from '@temporalio/activity';
import { METRICS } from '../model/metrics.ts';
import type { ObjectOutcome } from '../model/object-ledger.ts';
import type { ScanOutcome } from '../model/scan.ts';

/** How an attempt at a step ended. */
export type StepResult = 'done' | 'failed' | 'cancelled';

/** To be called inside of an activity, as all of these: Temporal adds the labels `activityType` and `taskQueue`. */
export function recordStep(result: StepResult, durationMs: number, source: string | undefined): void {
  metricMeter
    .createHistogram(METRICS.steps, 'float', 's', 'Attempts at the steps of the pipeline')
    .record(durationMs / 1000, { result, ...(source !== undefined && { source }) });
}

export function countEvents({ events, source }: ScanOutcome): void {
  const counter = metricMeter.createCounter(METRICS.events, 'events', 'What scans did to events');
  for (const transition of ['new', 'still', 'resolved', 'reopened', 'unverified'] as const) {
    if (events[transition] > 0) counter.add(events[transition], { transition, source });
  }
}

/** Counts a message that was sent or that was given up; nothing when there was none to send. */
export function countEmail(
  labels: { kind: 'events' | 'summary'; /** Of a run with several: comma-separated. */ source: string },
  { sent, warning }: { sent: boolean; warning?: string | null },
): void {
  if (!sent && (warning ?? null) === null) return;
  metricMeter
    .createCounter(METRICS.emails, 'messages', 'E-mails by outcome')
    .add(1, { ...labels, result: sent ? 'sent' : 'failed' });
}

/** Counts objects of a bucket, by what came of them; what was known from an earlier job was not read. */
export function countObjects(outcomes: readonly ObjectOutcome[]): void {
  const objects = metricMeter.createCounter(METRICS.objects, 'objects', 'Objects by what came of them');
  const bytes = metricMeter.createCounter(METRICS.objectBytes, 'bytes', 'What was read of objects');
  const matches = metricMeter.createCounter(METRICS.matches, 'matches', 'What was found in objects');
  for (const outcome of outcomes) {
    objects.add(1, { status: outcome.isKnown ? 'known' : outcome.status });
    if (outcome.isKnown) continue;
    bytes.add(outcome.bytes);
    for (const [detector, count] of Object.entries(outcome.matches)) matches.add(count, { detector });
  }
}

/** Counts a payload that was received, by what became of it. */
export function countPayload(status: string): void {
  metricMeter
    .createCounter(METRICS.payloads, 'payloads', 'Payloads by what became of them')
    .add(1, { status });
}

export function showQuietAccounts(accounts: number): void {
  metricMeter
    .createGauge(METRICS.quietAccounts, 'int', 'accounts', 'Accounts that have sent nothing for two days')
    .set(accounts);
}
