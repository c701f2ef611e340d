import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { Logger } from '../log.ts';
import type { Config } from '../settings.ts';
import type { Registry } from '../sources/registry.ts';
import type { Store } from '../store/database/store.ts';

/** What the activities of a worker work with. */
export interface Dependencies {
  config: Config;
  sources: Registry;
  artifacts: ArtifactStore;
  /** Opened on first use and migrated, so that a worker can start while the database is away. */
  store: () => Promise<Store>;
  logger: Logger;
  /** Ends everything that an organisation has in Temporal; tells how much there was. */
  endWork: (organizationId: string) => Promise<{ schedules: number; workflows: number }>;
}
