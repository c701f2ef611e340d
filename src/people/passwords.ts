import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { VedetteError } from '../errors.ts';

/** 32 MiB and some tenths of a second each, of which two are worked out at a time. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const AT_A_TIME = 2;
const MOST_WAITING = 20;

export const PASSWORD_LENGTH = { least: 15, withSecondFactor: 8, most: 256 } as const;
/** Judging takes longer than in proportion; what stands behind this makes no password weaker. */
const MOST_JUDGED = 64;
const LEAST_SCORE = 3;
const LEAST_OWN_NAME = 3;

let running = 0;
const waiting: (() => void)[] = [];

/** A password as it is stored: `$scrypt$ln=15,r=8,p=3$SALT$HASH`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derived(password, salt);
  return `$scrypt$ln=${Math.log2(COST.N)},r=${COST.r},p=${COST.p}$${text(salt)}$${text(hash)}`;
}

/**
 * Whether a password is the stored one. For a person who is not there, or has none, it takes as long and says no.
 *
 * @throws VedetteError `too-many-requests` when too many others wait for the same.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, , , salt = '', hash = ''] = (stored ?? '').split('$');
  const given = await derived(password, salt === '' ? randomBytes(SALT_BYTES) : Buffer.from(salt, 'base64'));
  const expected = Buffer.from(hash, 'base64');
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/**
 * Refuses a password that is short or can be guessed.
 *
 * @param own names that everybody knows who would guess: the product, the organisation, the person
 * @throws VedetteError `usage` which never repeats the password.
 */
export async function requireStrong(
  password: string,
  { own, hasSecondFactor }: { own: readonly string[]; hasSecondFactor: boolean },
): Promise<void> {
  const least = hasSecondFactor ? PASSWORD_LENGTH.withSecondFactor : PASSWORD_LENGTH.least;
  const length = Array.from(password).length;
  if (length < least || length > PASSWORD_LENGTH.most) {
    throw tooWeak(`A password has ${least} to ${PASSWORD_LENGTH.most} characters.`);
  }
  if ((await score(password)) < LEAST_SCORE) throw tooWeak('This password can be guessed.');
  const rest = without(password.toLowerCase(), own);
  if (rest.length < password.length && (await score(rest)) < LEAST_SCORE) {
    throw tooWeak(
      'This password can be guessed: most of it is a name that belongs to you or your organisation.',
    );
  }
}

/** The words of an address, a name or an organisation that a password must not live on. */
export function ownNames(...texts: readonly string[]): string[] {
  const words = texts.flatMap((one) => one.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  return ['vedette', ...words].filter((word) => word.length >= LEAST_OWN_NAME);
}

function without(password: string, own: readonly string[]): string {
  return own.reduce((rest, name) => rest.replaceAll(name, ''), password);
}

/** 0 for what everybody tries first, to 4. */
async function score(password: string): Promise<number> {
  const judge = await (judging ??= openJudge());
  return judge(password.slice(0, MOST_JUDGED));
}

let judging: Promise<(password: string) => number> | undefined;

/** Dictionaries, loaded when the first password is set. */
async function openJudge(): Promise<(password: string) => number> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const { adjacencyGraphs: graphs, dictionary } = common;
  const factory = new ZxcvbnFactory({ graphs, dictionary });
  return (password) => factory.check(password).score;
}

async function derived(password: string, salt: Buffer): Promise<Buffer> {
  if (running >= AT_A_TIME) {
    if (waiting.length >= MOST_WAITING) {
      throw new VedetteError('too-many-requests', 'Too many people sign in at the same moment.');
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await new Promise((resolve, reject) => {
      // One password, whatever keyboard it was typed on.
      scrypt(password.normalize('NFKC'), salt, HASH_BYTES, COST, (error, key) =>
        error === null ? resolve(key) : reject(error),
      );
    });
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function tooWeak(message: string): VedetteError {
  return new VedetteError('usage', message, {
    remedy:
      'Take four or five words that have nothing to do with each other, or let a password manager choose.',
  });
}

function text(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
