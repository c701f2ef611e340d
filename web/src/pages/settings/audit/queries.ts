import type { AuditList } from '../../../../../src/api/schemas/access.ts';
import { readList } from '../../../api/read.ts';
import type { PageQuery } from '../../../api/read.ts';

export const auditQuery = (page: PageQuery) => readList<AuditList>('audit', '/audit', page);
