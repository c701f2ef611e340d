import type { SessionList } from '../../../../../src/api/schemas/access.ts';
import { read } from '../../../api/read.ts';

export const sessionsQuery = read<SessionList>('sessions', '/sessions');
