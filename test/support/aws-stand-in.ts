import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the stand-in answers one request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface AwsStandIn {
  url: string;
  /** Requests that have come. */
  requests: number;
  /** Connections that have been opened, and those that are open. */
  connections: { opened: number; open: number };
  /** What the next requests are answered with; the last one goes on. */
  answers: Answer[];
  stop(): Promise<void>;
}

/** An HTTP server in AWS's place, which fails on demand. */
export async function startAwsStandIn(): Promise<AwsStandIn> {
  const standIn = {
    requests: 0,
    connections: { opened: 0, open: 0 },
    answers: [ok] as Answer[],
  };
  const server = createServer((request, response) => {
    standIn.requests += 1;
    const [answer = ok] = standIn.answers;
    if (standIn.answers.length > 1) standIn.answers.shift();
    request.resume().once('end', () => answer(request, response));
  });
  server.on('connection', (socket) => {
    standIn.connections.opened += 1;
    standIn.connections.open += 1;
    socket.once('close', () => {
      standIn.connections.open -= 1;
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return Object.assign(standIn, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  });
}

/** S3's answer to ListBuckets. */
export function ok(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end('<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>');
}

/** S3's way to say no. */
export function refuse(status: number, code: string): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(`<Error><Code>${code}</Code><Message>${code} as asked for</Message></Error>`);
  };
}

export function hang(): void {
  // It never answers.
}

export function reset(_request: IncomingMessage, response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

/** STS's way to say no. */
export function refuseSts(status: number, code: string, message: string): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
  };
}
