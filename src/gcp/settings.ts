import { z } from 'zod';
import { trusted } from '../config/setting.ts';
import { text } from '../config/types.ts';

/** Who vedette itself is at Google, and where Google is. */
export const gcpSettings = {
  credentialsFile: trusted(
    'GOOGLE_APPLICATION_CREDENTIALS',
    text,
    'Credentials of vedette itself at Google: a configuration of workload identity federation, or a key of a service ' +
      'account. Without it the identity of the machine, or that of `gcloud auth application-default login`.',
  ),
  endpoint: trusted(
    'VEDETTE_GOOGLE_ENDPOINT',
    text.pipe(
      z
        .string()
        .regex(
          /^https:\/\/[^/]+$|^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/,
          'expected https:// and a host, or http:// of this machine',
        )
        .optional(),
    ),
    'Where all APIs of Google are, in place of `https://*.googleapis.com`; tokens are sent there.',
  ),
};
