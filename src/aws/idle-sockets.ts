import type { Agent } from 'node:http';

/**
 * Closes a socket that waits for nothing, where an agent has as many as it may: it would keep them for their hosts, and a
 * request to another host would wait until one of these hosts hangs up. Each bucket of S3 is a host of its own. To be
 * called before each request.
 */
export function makeRoom({ sockets, freeSockets, maxTotalSockets }: Agent): void {
  // Hosts stand in the order in which they came to be idle.
  const idle = Object.values(freeSockets)
    .flatMap((some) => some ?? [])
    .filter(({ destroyed }) => !destroyed);
  const busy = Object.values(sockets).reduce((sum, some) => sum + (some?.length ?? 0), 0);
  if (idle.length + busy >= maxTotalSockets) idle[0]?.destroy();
}

/** Has an agent make room also when requests wait already: several may have come at once. */
export function keepRoom(agent: Agent): void {
  agent.on('free', () => {
    if (Object.keys(agent.requests).length > 0) makeRoom(agent);
  });
}
