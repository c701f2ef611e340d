import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Of a person who has signed in to IAM Identity Center. */
export const SSO_TOKEN = 'a fake access token of IAM Identity Center';
/** What a role asks for; without it, or with another one, nobody may assume the role. */
export const EXTERNAL_ID = 'fake-external-id-4711';

export interface AwsGate {
  url: string;
  /** Each AssumeRole that was asked for. */
  assumed: { roleArn: string | null; externalId: string | null; by: string }[];
  /** Those that roles are given for. */
  externalIds: Set<string | null>;
  /** Whether they are given to whoever brings any. */
  takesAny: boolean;
  stop(): Promise<void>;
}

/**
 * Stands in front of a moto server where that is more generous than AWS: roles are given to those who know the external
 * id, and accounts of IAM Identity Center to those who have its token.
 */
export async function startAwsGate(moto: string): Promise<AwsGate> {
  const assumed: AwsGate['assumed'] = [];
  const externalIds: AwsGate['externalIds'] = new Set([EXTERNAL_ID]);
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const form = new URLSearchParams(body.toString());
      if (incoming.url?.startsWith('/federation/credentials') === true) return portal(incoming, response);
      if (form.get('Action') === 'AssumeRole') {
        const roleArn = form.get('RoleArn');
        const externalId = form.get('ExternalId');
        assumed.push({ roleArn, externalId, by: accessKeyOf(incoming) });
        if (!externalIds.has(externalId) && !(gate.takesAny && externalId !== null))
          return refuse(response, roleArn);
      }
      return pass(moto, incoming, body, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const gate: AwsGate = {
    takesAny: false,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    assumed,
    externalIds,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  return gate;
}

function accessKeyOf({ headers }: IncomingMessage): string {
  return /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1] ?? '';
}

/** Keys that moto takes for those of the account it stands for. */
function portal({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers['x-amz-sso_bearer_token'] !== SSO_TOKEN) {
    response.writeHead(401, { 'x-amzn-errortype': 'UnauthorizedException' });
    response.end(JSON.stringify({ message: 'Session token not found or invalid' }));
    return;
  }
  const roleCredentials = {
    accessKeyId: 'ASIAFAKEFAKEFAKEFAKE',
    secretAccessKey: 'fake',
    sessionToken: 'fake',
    expiration: Date.now() + 3_600_000,
  };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ roleCredentials }));
}

function refuse(response: ServerResponse, roleArn: string | null): void {
  const message = `User: arn:aws:iam::111111111111:user/scanner is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  response.writeHead(403, { 'content-type': 'text/xml' });
  response.end(
    `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`,
  );
}

function pass(moto: string, incoming: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = request(new URL(url ?? '/', moto), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once('error', () => response.destroy());
  onward.end(body);
}
