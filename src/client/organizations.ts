import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import {
  organizationEndId,
  organizationKeyword,
  organizationScoped,
  SEARCH_ATTRIBUTES,
  WORKFLOWS,
} from '../model/names.ts';
import type { EndingOrganization, OrganizationEnd } from '../model/organization.ts';
import type { organizationEnd } from '../workflows/index.ts';
import type { Place } from './place.ts';
import { codeOf, temporalError } from './temporal.ts';
import type { Temporal } from './temporal.ts';

/** Of gRPC's codes. */
const NOT_FOUND = 5;
const REASON = 'The organisation is deleted.';

/**
 * Has the workers end an organisation, and does not wait for it; when they do already, that goes on.
 *
 * @throws VedetteError `temporal-unreachable`
 */
export async function startEnd(
  temporal: Temporal,
  taskQueue: string,
  ending: EndingOrganization,
): Promise<void> {
  const workflowId = organizationEndId(ending.organizationId);
  try {
    await temporal.client.workflow.start<typeof organizationEnd>(WORKFLOWS.organizationEnd, {
      taskQueue,
      workflowId,
      args: [ending],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError))
      throw temporalError(error, temporal.address);
  }
}

/** What there was of an organisation, once it is gone. @throws VedetteError `temporal-unreachable` */
export async function awaitEnd(temporal: Temporal, organizationId: string): Promise<OrganizationEnd> {
  try {
    return await temporal.client.workflow
      .getHandle<typeof organizationEnd>(organizationEndId(organizationId))
      .result();
  } catch (error) {
    throw temporalError(error, temporal.address);
  }
}

/**
 * Ends everything that an organisation has in Temporal: its schedules, its workflows under way, and what is kept of those that
 * have ended. Not for the installation's own, whose ids begin with nothing of theirs.
 *
 * @returns how many schedules and workflows there were
 * @throws VedetteError `temporal-unreachable`
 */
export async function deleteWork(place: Place): Promise<{ schedules: number; workflows: number }> {
  const { temporal, organizationId } = place;
  const prefix = organizationScoped(organizationId, '');
  let schedules = 0;
  let workflows = 0;
  try {
    for await (const { scheduleId } of temporal.client.schedule.list()) {
      if (!scheduleId.startsWith(prefix)) continue;
      await temporal.client.schedule.getHandle(scheduleId).delete();
      schedules += 1;
    }
    for await (const { workflowId, runId, status } of temporal.client.workflow.list({
      query: worksOf(place),
    })) {
      if (status.name === 'RUNNING') await terminate(place, workflowId);
      await forget(place, { workflowId, runId });
      workflows += 1;
    }
  } catch (error) {
    throw temporalError(error, temporal.address);
  }
  return { schedules, workflows };
}

/** Found by what they say of themselves, or by their ids, as some say nothing. */
function worksOf({ taskQueue, organizationId }: Place): string {
  const { organization } = SEARCH_ATTRIBUTES;
  const own = `${organization} = ${quoted(organizationKeyword(organizationId))}`;
  const named = `WorkflowId STARTS_WITH ${quoted(organizationScoped(organizationId, ''))}`;
  return `TaskQueue = ${quoted(taskQueue)} AND (${own} OR ${named})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** What has just ended by itself is no failure. */
async function terminate({ temporal }: Place, workflowId: string): Promise<void> {
  try {
    await temporal.client.workflow.getHandle(workflowId).terminate(REASON);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

async function forget(
  { temporal }: Place,
  workflowExecution: { workflowId: string; runId: string },
): Promise<void> {
  const { client } = temporal;
  try {
    await client.workflowService.deleteWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution,
    });
  } catch (error) {
    if (codeOf(error) !== NOT_FOUND) throw error;
  }
}
