import { hash } from 'node:crypto';
import type { ObservedEvent } from '../model/observation.ts';
import { wellFormed } from '../text/well-formed.ts';

/** The identity of an event within its account and source: SHA-256, lower-case hex. */
export function eventHash({
  service,
  checkId,
  resourceId,
  stablePath,
}: Pick<ObservedEvent, 'service' | 'checkId' | 'resourceId' | 'stablePath'>): string {
  return hash('sha256', wellFormed(`${service}:${checkId}:${resourceId}:${stablePath}`));
}
