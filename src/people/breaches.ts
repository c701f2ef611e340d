import { createHash } from 'node:crypto';
import { reportOf, VedetteError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Config } from '../settings.ts';

const ANSWER_MS = 2000;
/** So much of the hash is told: what is asked for is one of some hundred thousand passwords. */
const TOLD = 5;

/**
 * Refuses a new password that is known from breaches of other services. Who does not answer in time refuses nothing.
 *
 * @throws VedetteError `usage`
 */
export async function refuseBreached(
  { people }: Pick<Config, 'people'>,
  logger: Logger,
  password: string,
): Promise<void> {
  if (!people.breachCheck) return;
  const hash = createHash('sha1').update(password).digest('hex').toUpperCase();
  let times: number;
  try {
    times = timesOf(hash.slice(TOLD), await rangeOf(people.breachUrl, hash.slice(0, TOLD)));
  } catch (cause) {
    logger.warn({ failure: reportOf(cause) }, 'whether a new password is known from breaches was not told');
    return;
  }
  if (times === 0) return;
  throw new VedetteError('usage', 'This password is known from a breach of another service.', {
    remedy: 'Choose one that is used nowhere else, and change it where it was used.',
  });
}

async function rangeOf(base: string, prefix: string): Promise<string> {
  const response = await fetch(`${base.replace(/\/$/, '')}/range/${prefix}`, {
    // Answers are of one size then: nobody can tell from it what was asked for.
    headers: { 'add-padding': 'true', 'user-agent': 'vedette' },
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  if (response.ok) return response.text();
  throw new VedetteError(
    'unexpected',
    `The range of breached passwords was answered with ${response.status}.`,
  );
}

/** Lines are `REST-OF-HASH:TIMES`; those that pad have no times. */
function timesOf(rest: string, range: string): number {
  const line = range.split(/\r?\n/).find((one) => one.toUpperCase().startsWith(`${rest}:`));
  return Number(line?.slice(rest.length + 1) ?? 0);
}
