import type { AuthClient } from 'google-auth-library';
import type { Values } from '../config/setting.ts';
import { VedetteError } from '../errors.ts';
import { readRegularFile } from '../regular-file.ts';
import type { gcpSettings } from './settings.ts';

/** How to ask Google about one project. */
export interface GoogleAccess {
  projectId: string;
  /**
   * An access token; kept until shortly before it runs out.
   *
   * @throws VedetteError `credentials`, saying what to do.
   */
  token(): Promise<string>;
  /** Where all APIs are, in place of Google's own hosts. */
  endpoint: string | null;
  /** What it means that Google refuses the token, and what to do about it. */
  explain(cause: unknown): VedetteError;
}

/** Reading is all that the identity may be allowed; several of the APIs know no narrower scope. */
const SCOPES = ['https://www.googleapis.com/auth/cloud-platform'];
const MOST_TEXT = 300;

/**
 * The way into a project: as vedette's own identity at Google, or as a service account that it may impersonate. Nothing
 * signs in yet, and the library is loaded when something does.
 */
export function googleAccess(
  { projectId, serviceAccount }: { projectId: string; serviceAccount: string | null },
  { credentialsFile, endpoint: given }: Values<typeof gcpSettings>,
): GoogleAccess {
  const endpoint = given ?? null;
  const explain = (cause: unknown): VedetteError =>
    cause instanceof VedetteError
      ? cause
      : new VedetteError(
          'credentials',
          `Google Cloud does not let vedette into the project ${projectId}: ${textOf(cause)}`,
          {
            remedy:
              serviceAccount === null
                ? 'Set GOOGLE_APPLICATION_CREDENTIALS to a configuration of workload identity federation, or run gcloud auth application-default login.'
                : `Allow vedette's own identity roles/iam.serviceAccountTokenCreator on ${serviceAccount}.`,
          },
        );
  let client: Promise<AuthClient> | null = null;
  return {
    projectId,
    endpoint,
    explain,
    async token() {
      try {
        client ??= openClient({ serviceAccount, credentialsFile, endpoint });
        const { token } = await (await client).getAccessToken();
        if (typeof token === 'string' && token !== '') return token;
      } catch (cause) {
        client = null;
        throw explain(cause);
      }
      throw explain(new VedetteError('credentials', 'Google gave no token.'));
    },
  };
}

async function openClient({
  serviceAccount,
  credentialsFile,
  endpoint,
}: {
  serviceAccount: string | null;
  credentialsFile: string | undefined;
  endpoint: string | null;
}): Promise<AuthClient> {
  // The library would wait for a pipe, and read a device without end.
  if (credentialsFile !== undefined)
    readRegularFile(credentialsFile, { setting: 'GOOGLE_APPLICATION_CREDENTIALS' });
  const { GoogleAuth, Impersonated } = await import('google-auth-library');
  const auth = new GoogleAuth({
    scopes: SCOPES,
    ...(credentialsFile === undefined ? {} : { keyFilename: credentialsFile }),
  });
  const own = await auth.getClient();
  if (serviceAccount === null) return own;
  return new Impersonated({
    sourceClient: own,
    targetPrincipal: serviceAccount,
    targetScopes: SCOPES,
    lifetime: 3600,
    ...(endpoint === null ? {} : { endpoint }),
  });
}

/** Of the library's errors the sentence alone: the rest of them holds requests with what they were signed with. */
function textOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.replaceAll(/\s+/g, ' ').slice(0, MOST_TEXT);
}
