import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What passes on its way to moto, and what is kept from it. */
export interface AwsRecorder {
  url: string;
  /** The region and service that each request is signed for. */
  signed: { region: string; service: string }[];
  /** Requests with this action are refused. */
  denied: string | null;
  /** Nothing in this region answers. */
  dead: string | null;
  /** What comes for these regions now is never answered; and does not end. */
  held: Set<string>;
  stop(): Promise<void>;
}

export async function startRecorder(moto: string): Promise<AwsRecorder> {
  const { hostname, port } = new URL(moto);
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const [, region = '', service = ''] =
        /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(incoming.headers.authorization ?? '') ?? [];
      recorder.signed.push({ region, service });
      if (recorder.held.has(region)) return;
      if (region === recorder.dead) {
        incoming.socket.destroy();
        return;
      }
      if (recorder.denied !== null && body.toString().includes(`Action=${recorder.denied}&`)) {
        const error = '<Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error>';
        outgoing.writeHead(403, { 'content-type': 'text/xml' });
        outgoing.end(`<Response><Errors>${error}</Errors><RequestID>1</RequestID></Response>`);
        return;
      }
      const { method, url: path, headers } = incoming;
      const passed = request({ hostname, port, method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      passed.on('error', () => outgoing.destroy());
      passed.end(body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const recorder: AwsRecorder = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    signed: [],
    denied: null,
    dead: null,
    held: new Set(),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  return recorder;
}
