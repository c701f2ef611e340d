import type { Config } from '../settings.ts';
import type { MemberLimit } from '../store/people/invitations.ts';

/** How many people an organisation may have: as many as it likes. The one place to ask, for invitations and acceptances. */
export function memberLimit(_config: Config): MemberLimit {
  return () => Promise.resolve();
}
