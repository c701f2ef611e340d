import type { FrameworkList } from '../../../../../src/api/schemas/compliance.ts';
import { readList } from '../../../api/read.ts';

export const frameworksQuery = (account: string[] | undefined) =>
  readList<FrameworkList>('compliance', '/compliance', { account });
