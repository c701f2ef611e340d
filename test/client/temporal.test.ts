import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { lazyTemporal } from '../../src/client/temporal.ts';
import { testConfig } from '../support/stores.ts';
import { until } from '../support/until.ts';

test('a call that waits to be tried again ends with the connection, and does not end the process', async () => {
  let asked = 0;
  // Whoever connects is hung up on: to gRPC, a server that is not there for now.
  const server = createServer((socket) => {
    asked += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const temporal = await lazyTemporal(testConfig({}), `127.0.0.1:${port}`);
  const call = temporal.client.connection.workflowService.getSystemInfo({}).catch((error: unknown) => error);
  await until(async () => asked > 0);
  await temporal.close();
  expect(await call).toMatchObject({ details: expect.any(String) });
  await new Promise((resolve) => void server.close(resolve));
});
