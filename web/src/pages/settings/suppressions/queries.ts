import type { SuppressionList } from '../../../../../src/api/schemas/events.ts';
import { readList } from '../../../api/read.ts';

export const suppressionsQuery = readList<SuppressionList>('suppressions', '/suppressions');
