import type { Schedule } from '../../../../../src/api/schemas/schedules.ts';
import { read } from '../../../api/read.ts';
import { schedulePath } from '../shared/schedule-path.ts';

export const scheduleQuery = (name: string) => read<Schedule>('schedules', schedulePath(name));
