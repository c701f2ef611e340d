import type { CheckCatalogue } from '../../../../../src/api/schemas/checks.ts';
import { readList } from '../../../api/read.ts';

export const catalogueQuery = (account: string[] | undefined) =>
  readList<CheckCatalogue>('checks', '/checks', { account });
