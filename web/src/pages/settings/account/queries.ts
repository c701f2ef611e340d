import type { SessionList } from '../../../../../src/api/schemas/access.ts';
import type { SecondFactor } from '../../../../../src/api/schemas/people.ts';
import type { IdentityList, PasskeyList } from '../../../../../src/api/schemas/sign-in.ts';
import { read } from '../../../api/read.ts';

export const secondFactorQuery = read<SecondFactor>('session', '/me/second-factor');
export const ownSessionsQuery = read<SessionList>('sessions', '/me/sessions');
export const identitiesQuery = read<IdentityList>('session', '/me/identities');
export const passkeysQuery = read<PasskeyList>('session', '/me/passkeys');
