import type { FrameworkStanding, ScoreHistory } from '../../../../../src/api/schemas/compliance.ts';
import { readList } from '../../../api/read.ts';

const pathOf = (framework: string): string => `/compliance/${encodeURIComponent(framework)}`;

export const frameworkQuery = (framework: string, account: string[] | undefined) =>
  readList<FrameworkStanding>('compliance', pathOf(framework), { account });

/** Of one account, or of all together: of several there is no history. */
export const scoreHistoryQuery = (framework: string, account: string | undefined) =>
  readList<ScoreHistory>('compliance', `${pathOf(framework)}/history`, { account });

export const reportAddress = (framework: string, account: string[] | undefined): string =>
  `/api/v1${pathOf(framework)}/report${account === undefined ? '' : `?account=${account.join(',')}`}`;
