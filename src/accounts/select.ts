import { VedetteError } from '../errors.ts';
import type { Target } from '../model/target.ts';
import type { Profile } from './profiles.ts';

export interface SelectionMenu {
  text: string;
  /** What stands before the answer. */
  prompt: string;
}

export type Selection =
  | { kind: 'chosen'; /** Places in the list of profiles, from 0, in order, each once. */ indexes: number[] }
  | { kind: 'cancel' }
  | { kind: 'invalid'; /** What to tell before asking again. */ problem: string };

/**
 * The profiles that a name or an account id means: the profile of that name, else all profiles of that account.
 *
 * @throws VedetteError `account-unknown`
 */
export function matchAccounts(profiles: readonly Profile[], nameOrId: string): Profile[] {
  const named = profiles.find(({ profile }) => profile === nameOrId);
  if (named !== undefined) return [named];
  const ofAccount = profiles.filter(({ accountId }) => accountId === nameOrId);
  if (ofAccount.length > 0) return ofAccount;
  throw new VedetteError(
    'account-unknown',
    `No profile is named ${JSON.stringify(nameOrId)} or has that account id.`,
  );
}

/**
 * The accounts of a run as this machine's AWS configuration knows them: an account id in the place of a profile's name
 * means the first profile of that account. A name that nobody knows stays: its scan tells.
 */
export function resolveTargets<Wanted extends Target>(
  profiles: readonly Profile[],
  targets: readonly Wanted[],
): Wanted[] {
  const resolved = targets.map((target) => {
    if (target.kind !== 'aws-profile') return target;
    const known =
      profiles.find(({ profile }) => profile === target.name) ??
      profiles.find(({ accountId }) => accountId === target.name);
    if (known === undefined) return target;
    return { ...target, name: known.profile, accountId: target.accountId ?? known.accountId };
  });
  return distinctTargets(resolved);
}

/** The profile as what is to be scanned. */
export function profileTarget({ profile, accountId }: Profile): Target {
  return { kind: 'aws-profile', name: profile, accountId };
}

/** Each target once, in order. */
export function distinctTargets<Wanted extends Target>(targets: readonly Wanted[]): Wanted[] {
  return [...new Map(targets.map((target) => [`${target.kind}/${target.name}`, target])).values()];
}

/** @param accountId null when the profiles are simply all there are */
export function selectionMenu(accountId: string | null, profiles: readonly Profile[]): SelectionMenu {
  const matching = accountId === null ? '' : ` matching account ID '${accountId}'`;
  const entries = [...profiles.map(({ profile }) => profile), 'All profiles', 'Cancel'];
  return {
    text: [
      `Found ${profiles.length} profiles${matching}:`,
      ...entries.map((entry, index) => `  ${index + 1}. ${entry}`),
    ].join('\n'),
    prompt: 'Select profiles to scan (comma-separated numbers or single number): ',
  };
}

/**
 * Reads an answer to the menu of `count` profiles: numbers and ranges (`1,2`, `1-3`), the number or the words of
 * *All profiles* and *Cancel*.
 */
export function parseSelection(text: string, count: number): Selection {
  const answer = text.trim().toLowerCase();
  const all = count + 1;
  const cancel = count + 2;
  if (answer === 'cancel') return { kind: 'cancel' };
  if (answer === 'all' || answer === 'all profiles') return chosen(range(1, count));
  const numbers: number[] = [];
  for (const part of answer.split(',').filter((piece) => piece.trim() !== '')) {
    const [, first, last = first] = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part) ?? [];
    const from = Number(first);
    const to = Number(last);
    if (first === undefined || from < 1 || to > cancel || from > to) return invalid(part, cancel);
    numbers.push(...range(from, to));
  }
  if (numbers.length === 0) return invalid(answer, cancel);
  if (numbers.includes(cancel)) return { kind: 'cancel' };
  return chosen(numbers.includes(all) ? range(1, count) : numbers);
}

function chosen(numbers: readonly number[]): Selection {
  const indexes = [...new Set(numbers)].toSorted((one, other) => one - other).map((number) => number - 1);
  return { kind: 'chosen', indexes };
}

function invalid(part: string, last: number): Selection {
  return {
    kind: 'invalid',
    problem: `${JSON.stringify(part.trim())} is not among the numbers 1 to ${last}.`,
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
}
