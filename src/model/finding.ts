import type { ObservedFinding } from './observation.ts';

/** What one check reported in one scan, as the store keeps it. */
export interface Finding extends ObservedFinding {
  id: number;
  scanId: number;
  organizationId: string;
  accountId: string;
  source: string;
  unknownItems: number;
  /** Start of the scan, ISO 8601 in UTC. */
  scanTime: string;
}
