import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** What a path answers: JSON, or a refusal. */
export type Answers = Readonly<Record<string, unknown>>;

/** A refusal as Google words it. */
export class Refusal {
  readonly status: number;
  readonly word: string;
  readonly reason: string | null;

  constructor(status: number, word: string, reason: string | null = null) {
    this.status = status;
    this.word = word;
    this.reason = reason;
  }
}

export interface GoogleStandIn {
  url: string;
  /** Every request, as `GET /v2/projects/…`; those for tokens are not among them. */
  asked: string[];
  /** A configuration of workload identity federation that leads here. */
  credentialsFile(folder: string): Promise<string>;
  stop(): Promise<void>;
}

export const TOKEN = 'a-token-of-the-stand-in';

/** Google's APIs as far as a scan asks them, with tokens by workload identity federation. */
export async function startGoogle(answers: () => Answers): Promise<GoogleStandIn> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const reply = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    request.resume().on('end', () => {
      if (url.pathname === '/v1/token') {
        return reply(200, {
          access_token: TOKEN,
          issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          token_type: 'Bearer',
          expires_in: 3600,
        });
      }
      if (url.pathname.endsWith(':generateAccessToken')) {
        const expireTime = new Date(Date.now() + 3_600_000).toISOString();
        asked.push(`${request.method} ${url.pathname}`);
        return reply(200, { accessToken: TOKEN, expireTime });
      }
      asked.push(`${request.method} ${url.pathname}`);
      if (!isAllowed(request)) return reply(401, { error: { code: 401, status: 'UNAUTHENTICATED' } });
      const answer = answerOf(answers(), url);
      if (answer instanceof Refusal) {
        const { status, word, reason } = answer;
        const details = reason === null ? [] : [{ reason }];
        return reply(status, { error: { code: status, status: word, details } });
      }
      return reply(200, answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    async credentialsFile(folder) {
      const subject = join(folder, 'subject-token');
      await writeFile(subject, 'a-token-of-the-identity-provider');
      const file = join(folder, 'google.json');
      await writeFile(
        file,
        JSON.stringify({
          type: 'external_account',
          audience:
            '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/vedette/providers/vedette',
          subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
          token_url: `${url}/v1/token`,
          credential_source: { file: subject },
        }),
      );
      return file;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function isAllowed({ headers }: IncomingMessage): boolean {
  return headers.authorization === `Bearer ${TOKEN}`;
}

/** By path, or by path and a parameter of it; a list that is not known is empty, as Google has it. */
function answerOf(answers: Answers, { pathname, searchParams }: URL): unknown {
  const page = searchParams.get('pageToken');
  const type = searchParams.get('assetTypes');
  const keys = [`${pathname}?page=${page}`, `${pathname}?type=${type}`, pathname];
  const key = keys.find((one) => Object.hasOwn(answers, one));
  return key === undefined ? {} : answers[key];
}
