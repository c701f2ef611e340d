import type { Config } from '../settings.ts';
import type { Temporal } from './temporal.ts';

/** Where an organisation's runs and schedules are: those of other task queues belong to other installations. */
export interface Place {
  temporal: Temporal;
  taskQueue: string;
  organizationId: string;
}

/** That of the installation's own organisation. */
export function ownPlace(temporal: Temporal, { temporal: { taskQueue }, general }: Config): Place {
  return { temporal, taskQueue, organizationId: general.organizationId };
}
