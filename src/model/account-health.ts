import type { ScanFailure } from './scan-failure.ts';
import type { ScanScope } from './scope.ts';

/**
 * How much of an account is known, from best to worst. `partial`: something could not be seen. `narrow`: only a part was to
 * be looked at. `stale`: the last scan is older than it should be. `failed`: since the last scan, another one has failed.
 */
export const ACCOUNT_HEALTHS = ['ok', 'partial', 'narrow', 'stale', 'never', 'failed'] as const;
export type AccountHealth = (typeof ACCOUNT_HEALTHS)[number];

/** Open events of a service that the last scan could not confirm. */
export interface UnconfirmedEvents {
  service: string;
  events: number;
  /** When the one that was not seen for longest was last seen, ISO 8601 in UTC. */
  oldest: string;
}

/** What is known of an account by one source, and why not the rest. */
export interface Coverage {
  health: AccountHealth;
  /** What the last scan was asked to look at; null when there was none. */
  requested: ScanScope['requested'] | null;
  servicesWithErrors: readonly string[];
  unevaluatedChecks: readonly unknown[];
  unconfirmed: readonly UnconfirmedEvents[];
  failure: Pick<ScanFailure, 'failure' | 'times' | 'firstFailedAt' | 'lastFailedAt'> | null;
}

/** Why an account is not known in full, a sentence each; none when it is. */
export function coverageReasons(coverage: Coverage): string[] {
  const { requested, servicesWithErrors, unevaluatedChecks, unconfirmed, failure } = coverage;
  return [
    ...(failure === null ? [] : [failureText(failure)]),
    ...(requested === null ? ['never scanned'] : requestedTexts(requested)),
    ...(servicesWithErrors.length === 0 ? [] : [`errors in ${servicesWithErrors.join(', ')}`]),
    ...(unevaluatedChecks.length === 0
      ? []
      : [`${counted(unevaluatedChecks.length, 'check')} not evaluated`]),
    ...(unconfirmed.length === 0 ? [] : [unconfirmedText(unconfirmed)]),
  ];
}

/** The same of an account, by what is known of it by each source that has scanned it or is to. */
export function accountReasons(sources: readonly Coverage[]): string[] {
  return sources.length === 0 ? ['never scanned'] : [...new Set(sources.flatMap(coverageReasons))];
}

function failureText({ failure, times, firstFailedAt }: NonNullable<Coverage['failure']>): string {
  return `failed ${counted(times, 'time')} since ${minute(firstFailedAt)}: ${failure.message}`;
}

function requestedTexts(requested: ScanScope['requested']): string[] {
  const { services, skippedServices, regions, excludedRegions } = requested;
  return [
    ...(services.length === 0 ? [] : [`${services.join(', ')} only`]),
    ...(skippedServices.length === 0 ? [] : [`without ${skippedServices.join(', ')}`]),
    ...(regions.length === 0 ? [] : [`${regions.join(', ')} only`]),
    ...(excludedRegions.length === 0 ? [] : [`without ${excludedRegions.join(', ')}`]),
  ];
}

function unconfirmedText(unconfirmed: readonly UnconfirmedEvents[]): string {
  const events = unconfirmed.reduce((sum, one) => sum + one.events, 0);
  const oldest = unconfirmed.map((one) => one.oldest).toSorted()[0] ?? '';
  return `${counted(events, 'event')} not confirmed, the oldest since ${minute(oldest)}`;
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** `2026-11-22 12:00` */
function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
