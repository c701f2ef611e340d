import type { TokenList } from '../../../../../src/api/schemas/access.ts';
import { read } from '../../../api/read.ts';

export const tokensQuery = read<TokenList>('tokens', '/tokens');
