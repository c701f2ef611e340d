import { Agent, createServer, get } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { keepRoom, makeRoom } from '../../src/aws/idle-sockets.ts';

const SOCKETS = 5;
let server: Server;

beforeAll(async () => {
  server = createServer((_request, response) => response.end('here'));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** An agent knows hosts by their names: each of these is another one, and leads to the same server. */
function ask(agent: Agent, host: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const lookup = (_name: string, options: { all?: boolean }, done: (...found: unknown[]) => void): void =>
      options.all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
    const request = get({ agent, host, port, lookup: lookup as never }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => setImmediate(resolve, text));
    });
    request.on('error', reject);
  });
}

test('a host is reached although all sockets are kept for others', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS, maxTotalSockets: SOCKETS });
  try {
    for (let host = 1; host <= 4 * SOCKETS; host += 1) {
      makeRoom(agent);
      expect(await ask(agent, `bucket-${host}.example`)).toBe('here');
    }
    const idle = Object.values(agent.freeSockets).flat();
    expect(idle.length).toBeLessThanOrEqual(SOCKETS);
    // Those that were used last are kept.
    expect(Object.keys(agent.freeSockets).join(' ')).toContain(`bucket-${4 * SOCKETS}.example`);
  } finally {
    agent.destroy();
  }
}, 20_000);

test('so are several that are asked at once', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS, maxTotalSockets: SOCKETS });
  keepRoom(agent);
  const hosts = (from: number) =>
    Array.from({ length: 3 * SOCKETS }, (_, index) => `${from + index}.example`);
  try {
    for (const from of [0, 100, 200]) {
      const answers = hosts(from).map((host) => {
        makeRoom(agent);
        return ask(agent, host);
      });
      expect(await Promise.all(answers)).toEqual(answers.map(() => 'here'));
    }
  } finally {
    agent.destroy();
  }
}, 20_000);

test('nothing is closed while there is room', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS, maxTotalSockets: SOCKETS });
  try {
    await ask(agent, 'one.example');
    makeRoom(agent);
    await ask(agent, 'two.example');
    expect(Object.keys(agent.freeSockets)).toHaveLength(2);
  } finally {
    agent.destroy();
  }
});
