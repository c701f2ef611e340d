import type { OrganizationEnd } from '../model/organization.ts';
import { currentAuthor } from '../store/access/author.ts';
import type { Store } from '../store/database/store.ts';
import type { CommandContext } from './command-context.ts';
import { tell } from './output/write.ts';
import { openStack } from './stack.ts';

/**
 * Ends an organisation, and waits until everything of it is gone: rows, files, schedules and workflows. Interrupted, the
 * workers go on with it.
 *
 * @param name as it was typed, so that no other one is meant
 * @throws VedetteError `usage` for another name and for the installation's own; `not-found`
 */
export async function deleteOrganisation(
  context: CommandContext,
  store: Store,
  { organizationId, name }: { organizationId: string; name: string },
): Promise<OrganizationEnd> {
  const { config, signal } = context;
  const [{ beginDeletion, requireDeletable }, { awaitEnd, startEnd }] = await Promise.all([
    import('../store/organizations/delete.ts'),
    import('../client/organizations.ts'),
  ]);
  await requireDeletable(store, config, { organizationId, name });
  const open = await openStack(context);
  try {
    const { actor, userId } = currentAuthor();
    const ending = { organizationId, by: { actor, userId } };
    await startEnd(open.temporal, config.temporal.taskQueue, ending);
    await beginDeletion(store, config, organizationId);
    tell('Nobody gets in any more. Ending its work, then removing its files and rows …');
    return await open.temporal.client.withAbortSignal(signal, () => awaitEnd(open.temporal, organizationId));
  } finally {
    await open.close();
  }
}
