import { openAccess } from '../accounts/open-access.ts';
import type { QuietAccount } from '../model/notification.ts';
import type {
  Interval,
  LoadedPayload,
  PayloadRef,
  PulledAccount,
  PullInput,
  ReceiveTrigger,
  WaitingPayloads,
} from '../model/view360.ts';
import { sendQuietAccounts } from '../notify/quiet-accounts.ts';
import type { Config } from '../settings.ts';
import type { Store } from '../store/database/store.ts';
import { settingsFor } from '../store/organizations/settings.ts';
import { tellOfQuiet } from '../store/view360/quiet.ts';
import type { WorkContext } from '../work-context.ts';
import { activity } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { countPayload, showQuietAccounts } from './metrics.ts';

type Given<Input> = Input & { organizationId: string };

// Loaded when they are needed: the clients of all services that are collected are many.
const receiving = () => import('../view360/receive/receive.ts');
const notices = () => import('../view360/receive/notices.ts');

/** The steps of payloads: found, loaded, given up; and accounts collected. */
export function view360Activities({ config, store, logger }: Dependencies) {
  return {
    /** A part of what lies in the bucket. */
    view360Listed: activity(
      logger,
      async ({ after }: { after: string | null }, context): Promise<WaitingPayloads> =>
        (await notices()).waitingPayloads(config, after, context),
    ),

    /** What the queue tells; waits some seconds for it. */
    view360Noticed: activity(
      logger,
      async ({ waits }: { waits: boolean }, context): Promise<WaitingPayloads> => {
        const { PayloadNotices } = await notices();
        const queue = new PayloadNotices(config);
        try {
          return await queue.take(waits, context.signal);
        } finally {
          queue.close();
        }
      },
    ),

    view360Acknowledge: activity(
      logger,
      async ({ receipts }: { receipts: readonly string[] }, context): Promise<void> => {
        const { PayloadNotices } = await notices();
        const queue = new PayloadNotices(config);
        try {
          await queue.acknowledge(receipts, context.signal);
        } finally {
          queue.close();
        }
      },
    ),

    view360LoadObject: activity(
      logger,
      async (input: Given<PayloadRef & { runId: number | null }>, context): Promise<LoadedPayload> => {
        const { organizationId, runId, ...ref } = input;
        const { receiveObject } = await receiving();
        const outcome = await receiveObject(await store(), config, ref, { organizationId, runId }, context);
        const status = outcome?.status ?? 'missing';
        countPayload(status);
        return {
          key: ref.key,
          status,
          error: outcome?.error === null || outcome === undefined ? null : outcome.error.message,
        };
      },
    ),

    view360GiveUp: activity(
      logger,
      async ({
        code,
        message,
        ...object
      }: Given<PayloadRef & { runId: number | null; code: string; message: string }>): Promise<void> => {
        const { giveUp } = await receiving();
        await giveUp(await store(), object, { code, message });
        countPayload('dead');
      },
    ),

    view360BeginRun: activity(
      logger,
      async (run: Given<{ workflowId: string; runId: string; trigger: ReceiveTrigger }>): Promise<number> => {
        const { openRun } = await receiving();
        return openRun(await store(), run);
      },
    ),

    view360EndRun: activity(
      logger,
      async ({ id, organizationId }: Given<{ id: number }>, context): Promise<void> => {
        const { closeRun } = await receiving();
        await closeRun(await store(), id);
        await tellQuietAccounts(await store(), config, organizationId, context);
      },
    ),

    view360PullAccount: activity(
      logger,
      async (
        {
          organizationId,
          target,
          interval,
          date,
          isWhole,
          runId,
        }: Given<{
          target: PullInput['targets'][number];
          interval: Interval;
          date: string;
          isWhole: boolean;
          runId: number;
        }>,
        context,
      ): Promise<PulledAccount> => {
        const { pullAccount } = await import('../view360/pull.ts');
        const access = await openAccess(target, organizationId, { config, store });
        const request = { organizationId, interval, date, isWhole, runId };
        return pullAccount(await store(), config, access, target, request, context);
      },
    ),
  };
}

/** That nobody could be told does not fail what was received: the next run tells. */
async function tellQuietAccounts(
  store: Store,
  installation: Config,
  organizationId: string,
  context: WorkContext,
): Promise<void> {
  const config = await settingsFor(store, installation, organizationId);
  const tell = (quiet: readonly QuietAccount[]) => sendQuietAccounts(config, organizationId, quiet, context);
  try {
    showQuietAccounts(await tellOfQuiet(store, organizationId, tell, context.signal));
  } catch (error) {
    if (context.signal.aborted) throw error;
    context.logger.warn({ err: error }, 'nobody was told of accounts that have gone quiet');
  }
}
