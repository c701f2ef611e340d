import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../store/database/store.ts';
import type { CommandContext } from './command-context.ts';
import { tell } from './output/write.ts';
import { openStack } from './stack.ts';

/** Steps that were under way when their workflows were ended notice it at their next heartbeat. */
const SETTLING_MS = 3000;
const MOST_ROUNDS = 10;

/**
 * Ends an organisation: nobody gets in any more, its work ends, and then everything of it goes, rows, files, schedules and
 * workflows. Interrupted, it can be done again, and goes on.
 *
 * @throws VedetteError `usage` for the installation's own, `not-found`
 */
export async function deleteOrganisation(
  context: CommandContext,
  store: Store,
  organizationId: string,
): Promise<{ rows: number; files: number; schedules: number; workflows: number }> {
  const { config, logger, signal } = context;
  const [{ beginDeletion, deleteRows }, { deleteWork }, { openArtifactStore }, { keptResults }, names] =
    await Promise.all([
      import('../store/organizations/delete.ts'),
      import('../client/organizations.ts'),
      import('../artifacts/open.ts'),
      import('../artifacts/kept-results.ts'),
      import('../model/names.ts'),
    ]);
  await beginDeletion(store, config, organizationId);
  tell('Nobody gets in any more. Ending its work …');
  const done = { rows: 0, files: 0, schedules: 0, workflows: 0 };
  const open = await openStack(context);
  try {
    const place = { temporal: open.temporal, taskQueue: config.temporal.taskQueue, organizationId };
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const { schedules, workflows } = await deleteWork(place);
      done.schedules += schedules;
      done.workflows = Math.max(done.workflows, workflows);
      if (workflows + schedules === 0) break;
      await sleep(SETTLING_MS, undefined, { signal });
    }
  } finally {
    await open.close();
  }
  tell('Removing its files and rows …');
  const work = { signal, logger, onProgress: () => undefined };
  const artifacts = await openArtifactStore(config);
  await artifacts.removeRuns(names.organizationScoped(organizationId, ''), work);
  for await (const { source, accountId, scanId } of keptResults(artifacts, organizationId, work)) {
    await artifacts.removeRetained([organizationId, source, accountId, String(scanId)], work);
    done.files += 1;
  }
  done.rows = await deleteRows(store, organizationId, signal);
  return done;
}
