import { keptResults } from '../artifacts/kept-results.ts';
import { organizationScoped } from '../model/names.ts';
import type { EndingOrganization, OrganizationEnd } from '../model/organization.ts';
import { actingAs, newAuthor } from '../store/access/author.ts';
import { beginDeletion, deleteRows } from '../store/organizations/delete.ts';
import { activity } from './context.ts';
import type { Dependencies } from './dependencies.ts';

/** The steps of the end of an organisation. Each can be done again, and goes on. */
export function organizationActivities({ config, artifacts, store, logger, endWork }: Dependencies) {
  return {
    closeOrganization: activity(logger, async ({ organizationId, by }: EndingOrganization): Promise<void> => {
      const opened = await store();
      await actingAs(newAuthor(by.actor, by.userId), () => beginDeletion(opened, config, organizationId));
    }),

    endOrganizationWork: activity(logger, ({ organizationId }: EndingOrganization) =>
      endWork(organizationId),
    ),

    removeOrganization: activity(
      logger,
      async (
        { organizationId }: EndingOrganization,
        context,
      ): Promise<Pick<OrganizationEnd, 'rows' | 'files'>> => {
        await artifacts.removeRuns(organizationScoped(organizationId, ''), context);
        let files = 0;
        for await (const kept of keptResults(artifacts, organizationId, context)) {
          const { source, accountId, scanId } = kept;
          await artifacts.removeRetained([organizationId, source, accountId, String(scanId)], context);
          files += 1;
        }
        return { rows: await deleteRows(await store(), config, organizationId, context.signal), files };
      },
    ),
  };
}
