import type { FrameworkStanding } from '../model/compliance.ts';
import { EventStatus } from '../model/event.ts';
import type { ComplianceReport, FailingResource } from '../report/compliance-html.ts';
import type { Store } from '../store/database/store.ts';
import { listEvents } from '../store/events/events.ts';
import type { ComplianceBasis } from './basis.ts';

/** A standing with what people want to read beside it: what checks say, and which resources fail. */
export async function reportOf(
  store: Store,
  standing: FrameworkStanding,
  { source, checks }: ComplianceBasis,
  {
    organizationId,
    names,
    resources,
  }: { organizationId: string; names: ReadonlyMap<string, string>; resources: number },
): Promise<ComplianceReport> {
  const accountIds = standing.accounts.map(({ accountId }) => accountId);
  const used = standing.requirements.flatMap((requirement) => requirement.checks);
  const failing = new Map<string, FailingResource[]>();
  for (const { checkId, fail, suppressed } of used) {
    if (fail + suppressed === 0 || failing.has(checkId)) continue;
    const { events } = await listEvents(
      store,
      {
        organizationId,
        sources: [source],
        accountIds,
        checkIds: [checkId],
        statuses: [EventStatus.Active, EventStatus.Suppressed],
      },
      { limit: resources },
    );
    failing.set(
      checkId,
      events.map(({ accountId, region, resourceId, status }) => ({
        accountId,
        region,
        resourceId,
        suppressed: status === EventStatus.Suppressed,
      })),
    );
  }
  return {
    standing,
    titles: new Map(used.map(({ checkId }) => [checkId, checks.get(checkId)?.title ?? checkId])),
    failing,
    names,
    organizationId,
    writtenAt: new Date().toISOString(),
  };
}
