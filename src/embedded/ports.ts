import { once } from 'node:events';
import { connect, createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** Whether a server could listen on the port of the loopback interface now. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await bind(port)) !== undefined;
}

/** The preferred port where nobody listens on it, else any free one. */
export async function choosePort(preferred: number): Promise<number> {
  return (await bind(preferred)) ?? (await bind(0)) ?? preferred;
}

/** Whether something accepts connections at `host:port`. */
export async function answers(address: string, timeoutMs = 1000): Promise<boolean> {
  const separator = address.lastIndexOf(':');
  const socket = connect({ host: address.slice(0, separator), port: Number(address.slice(separator + 1)) });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function bind(port: number): Promise<number | undefined> {
  const server = createServer();
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch {
    return undefined;
  }
  const bound = server.address();
  server.close();
  await once(server, 'close');
  return bound !== null && typeof bound === 'object' ? bound.port : undefined;
}
