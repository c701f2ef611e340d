import { openAccess } from '../accounts/open-access.ts';
import type {
  Interval,
  LoadedPayload,
  PayloadRef,
  PulledAccount,
  PullInput,
  WaitingPayloads,
} from '../model/view360.ts';
import { activity } from './context.ts';
import type { Dependencies } from './dependencies.ts';

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

    view360LoadObject: activity(logger, async (input: Given<PayloadRef>, context): Promise<LoadedPayload> => {
      const { organizationId, ...ref } = input;
      const { receiveObject } = await receiving();
      const outcome = await receiveObject(await store(), config, ref, { organizationId }, context);
      return {
        key: ref.key,
        status: outcome?.status ?? 'missing',
        error: outcome?.error === null || outcome === undefined ? null : outcome.error.message,
      };
    }),

    view360GiveUp: activity(
      logger,
      async ({
        bucket,
        key,
        code,
        message,
      }: PayloadRef & { code: string; message: string }): Promise<void> => {
        const { giveUp } = await receiving();
        await giveUp(await store(), { bucket, key }, { code, message });
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
        }: Given<{
          target: PullInput['targets'][number];
          interval: Interval;
          date: string;
          isWhole: boolean;
        }>,
        context,
      ): Promise<PulledAccount> => {
        const { pullAccount } = await import('../view360/pull.ts');
        const access = await openAccess(target, organizationId, { config, store });
        const request = { organizationId, interval, date, isWhole };
        return pullAccount(await store(), config, access, target, request, context);
      },
    ),
  };
}
