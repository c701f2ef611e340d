import { proxyActivities, sleep } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { EndingOrganization, OrganizationEnd } from '../model/organization.ts';

/** Steps that were under way when their workflows were ended notice it at their next heartbeat. */
const SETTLING_MS = 3000;
const MOST_ROUNDS = 10;

const steps = proxyActivities<Activities>({
  startToCloseTimeout: '6h',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** Ends an organisation: nobody gets in any more, its work ends, and then everything of it goes. */
export async function organizationEnd(ending: EndingOrganization): Promise<OrganizationEnd> {
  await steps.closeOrganization(ending);
  const done = { schedules: 0, workflows: 0 };
  // Until nothing is found any more: the server forgets in its own time.
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { schedules, workflows } = await steps.endOrganizationWork(ending);
    done.schedules += schedules;
    done.workflows = Math.max(done.workflows, workflows);
    if (workflows + schedules === 0) break;
    await sleep(SETTLING_MS);
  }
  return { ...done, ...(await steps.removeOrganization(ending)) };
}
