import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import { removeState, stackPlaces, writeState } from '../../src/embedded/state.ts';
import { packageVersion } from '../../src/package-root.ts';
import { tryLock } from '../../src/processes/file-lock.ts';
import { identify } from '../../src/processes/identity.ts';
import { createCliHome, until } from '../support/cli.ts';

const place = createCliHome();
afterAll(() => place.remove());

test('a command whose stack ends before it has connected goes on with the next one', async () => {
  const places = stackPlaces(place.home);
  const lock = tryLock(places.lock);
  const sockets: Socket[] = [];
  // It accepts connections, and says no more than a server does that is being ended.
  const server = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  writeState(places, {
    supervisor: identify(process.pid) ?? { pid: process.pid, startedAt: '' },
    stays: true,
    version: packageVersion(),
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready: true,
    children: {},
  });

  const command = place.start(['scan', 'list']);
  // The first one only asks whether anybody is there.
  await until(() => sockets.length > 1, 'the command connects');
  removeState(places, []);
  server.close();
  for (const socket of sockets) socket.destroy();
  lock?.release();

  expect(await command.ended).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('going on with another'),
  });
}, 60_000);
