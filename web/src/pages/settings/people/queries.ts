import type { InvitationList, MemberList } from '../../../../../src/api/schemas/people.ts';
import { read } from '../../../api/read.ts';

export const membersQuery = read<MemberList>('members', '/teams/members');
export const invitesQuery = read<InvitationList>('members', '/teams/invites');
