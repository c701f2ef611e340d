import type { SessionList } from '../../../../../src/api/schemas/access.ts';
import { read } from '../../../api/read.ts';

export const ownSessionsQuery = read<SessionList>('sessions', '/me/sessions');
