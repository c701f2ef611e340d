import { composePreview } from '../../notify/preview.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { operation } from '../operation.ts';
import { preview, previewQuery } from '../schemas/access.ts';

const previewing = operation({
  id: 'previewNotification',
  tag: 'Notifications',
  access: 'look',
  summary: 'The message that is due after a scan; nothing is sent',
  description:
    'Of the newest scan where none is named. 404 when there is nothing that a message would be sent about.',
  querystring: previewQuery,
  mayBeMissing: true,
  answers: { 200: preview },
});

export function notificationRoutes(app: App, { config, store }: Api): void {
  app.get('/notifications/preview', previewing, async (request) => {
    const { organizationId } = callerIn(request);
    return composePreview(await store(), config, { organizationId, scanId: request.query.scan ?? null });
  });
}
