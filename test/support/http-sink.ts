import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface HttpSink {
  url: string;
  /** The status of the answers to come. */
  answers: number;
  received: { path: string | undefined; headers: IncomingHttpHeaders; body: string }[];
  stop(): Promise<void>;
}

/** A receiver of web hooks; every redirect of it leads back to itself. */
export async function startHttpSink(): Promise<HttpSink> {
  const server = createServer(async (request, response) => {
    sink.received.push({ path: request.url, headers: request.headers, body: await text(request) });
    response.writeHead(sink.answers, { location: `${sink.url}/redirected` }).end('ok');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sink: HttpSink = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: 200,
    received: [],
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return sink;
}
