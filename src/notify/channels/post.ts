import { VedetteError } from '../../errors.ts';
import { CHANNEL_TITLES } from '../../model/channel.ts';
import type { ChannelName } from '../../model/channel.ts';
import { printable } from '../../text/printable.ts';
import type { Delivery } from '../transport.ts';

const TIMEOUT_MS = 30_000;
const TOO_EARLY = 425;
const TOO_MANY = 429;
const TIMED_OUT = 408;

/**
 * Posts JSON to the address of a channel. A redirect is not followed: the address is the one that was set, and an answer
 * leads nowhere else. The address, which may hold a secret, stands in no failure; its host does.
 *
 * @throws VedetteError `channel-unreachable` or `channel-refused`; the signal's reason on abort.
 */
export async function post(
  channel: ChannelName,
  url: string,
  { body, headers = {} }: { body: string; headers?: Readonly<Record<string, string>> },
  signal: AbortSignal,
): Promise<Delivery> {
  signal.throwIfAborted();
  const where = `${CHANNEL_TITLES[channel]} (${printable(new URL(url).host)})`;
  let status: number;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'vedette', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    status = answer.status;
    await answer.body?.cancel();
  } catch (error) {
    signal.throwIfAborted();
    throw new VedetteError('channel-unreachable', `${where} cannot be reached: ${reasonOf(error)}.`);
  }
  if (status < 300) return { rejected: [] };
  if (status >= 500 || [TIMED_OUT, TOO_EARLY, TOO_MANY].includes(status)) {
    throw new VedetteError('channel-unreachable', `${where} is not ready: it answers ${status}.`);
  }
  const answer = status < 400 ? `${status}, a redirect, which is not followed` : String(status);
  throw new VedetteError('channel-refused', `${where} refuses: it answers ${answer}.`);
}

/** Without the address, which messages of the network do not name, and those about addresses do. */
function reasonOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: unknown }; name: string };
  if (typeof cause?.code === 'string') return cause.code;
  return name === 'TimeoutError' ? `no answer in ${TIMEOUT_MS / 1000} s` : name;
}
