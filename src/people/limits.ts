import type { Config } from '../settings.ts';
import { requireFeature, requireRoomForMember } from '../store/organizations/plans.ts';
import type { MemberLimit } from '../store/people/invitations.ts';

/** How many people an organisation may have, by its plan. The one place to ask, for invitations and acceptances. */
export function memberLimit(config: Config): MemberLimit {
  return async (store, session, { organizationId, pending }) => {
    if (pending) await requireFeature(session.query, config, organizationId, 'team_invites');
    await requireRoomForMember(store, session, config, { organizationId, pending });
  };
}
