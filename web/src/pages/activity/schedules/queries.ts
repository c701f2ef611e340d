import type { ScheduleList } from '../../../../../src/api/schemas/schedules.ts';
import { read } from '../../../api/read.ts';

export const schedulesQuery = read<ScheduleList>('schedules', '/schedules');
