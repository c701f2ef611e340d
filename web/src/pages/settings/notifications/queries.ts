import type { NotificationPreview } from '../../../../../src/api/schemas/access.ts';
import { read } from '../../../api/read.ts';

export const previewQuery = (scan: number | undefined) =>
  read<NotificationPreview>('notifications', '/notifications/preview', { scan });
