import type { Summary } from '../../../../../src/api/schemas/summary.ts';
import { readList } from '../../../api/read.ts';

const REFRESH_MS = 30_000;

export const summaryQuery = (days: number, account: string[] | undefined) => ({
  ...readList<Summary>('summary', '/summary', { days, account }),
  refetchInterval: REFRESH_MS,
});
