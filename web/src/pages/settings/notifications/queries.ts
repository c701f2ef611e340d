import type { Preview } from '../../../../../src/api/schemas/access.ts';
import { read } from '../../../api/read.ts';

export const previewQuery = (scan: number | undefined) =>
  read<Preview>('notifications', '/notifications/preview', { scan });
