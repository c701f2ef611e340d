import type { Run } from '../../../../../src/api/schemas/runs.ts';
import { read } from '../../../api/read.ts';

export const runPath = (id: string): string => `/runs/${encodeURIComponent(id)}`;

export const runQuery = (id: string) => read<Run>('runs', runPath(id));
