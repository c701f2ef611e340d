import { isIP } from 'node:net';

export const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1'] as const;

/** Takes `host:port` apart; an IPv6 address loses its brackets. */
export function hostAndPort(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(':');
  return { host: withoutBrackets(address.slice(0, colon)), port: Number(address.slice(colon + 1)) };
}

export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
}

/** Whether only this machine can reach what listens there. */
export function isLoopback(host: string): boolean {
  return (
    (LOOPBACK_NAMES as readonly string[]).includes(host) || (isIP(host) === 4 && host.startsWith('127.'))
  );
}

/** How a browser on this machine reaches what listens at `host:port`. */
export function localUrl(address: string): string {
  const { host, port } = hostAndPort(address);
  if (['0.0.0.0', '::'].includes(host)) return `http://127.0.0.1:${port}`;
  return `http://${address}`;
}
