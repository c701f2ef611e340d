import { WorkflowNotFoundError } from '@temporalio/client';
import type { RunState } from '../artifacts/sweep.ts';
import { SEARCH_ATTRIBUTES } from '../model/names.ts';
import type { Temporal } from './temporal.ts';

/** Of a run and of what it has started: a scan may outlive the run that was terminated above it. */
export async function runState({ client }: Temporal, runId: string): Promise<RunState> {
  const state = await ownState(client, runId);
  if (state === 'open') return state;
  const { count } = await client.workflow.count(
    `${SEARCH_ATTRIBUTES.run} = ${JSON.stringify(runId)} AND ExecutionStatus = 'Running'`,
  );
  return count > 0 ? 'open' : state;
}

async function ownState(client: Temporal['client'], runId: string): Promise<RunState> {
  try {
    const { status } = await client.workflow.getHandle(runId).describe();
    return status.name === 'RUNNING' ? 'open' : 'closed';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'unknown';
    throw error;
  }
}
