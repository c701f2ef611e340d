import { Link } from '@tanstack/react-router';
import type { Subscription } from '../../../../../src/api/schemas/billing.ts';
import { read } from '../../../api/read.ts';

export const subscriptionQuery = read<Subscription>('organisation', '/billing/subscription');

/** What is refused without inviting, and where more is to be had. */
export function UpgradePrompt() {
  return (
    <p className="note">
      Team member invitations require Individual tier (£29/mo) or higher.{' '}
      <Link to="/settings/plan">See the plans</Link>
    </p>
  );
}

interface Used {
  used: number;
  limit: number | null;
  near: boolean;
}

/** `2 of 3`; a plan without a limit says only how many there are. */
function usageText({ used, limit }: Used): string {
  return limit === null ? String(used) : `${used} of ${limit}`;
}

/** How much of what a plan allows is used, with a warning when hardly anything is left. */
export function Usage({ usage, what }: { usage: Used; what: string }) {
  const { used, limit, near } = usage;
  const left = limit === null ? null : Math.max(0, limit - used);
  return (
    <>
      {usageText(usage)} {what}
      {near && left !== null && (
        <strong> – {left === 0 ? 'the limit of the plan is reached' : `${left} left`}</strong>
      )}
    </>
  );
}
