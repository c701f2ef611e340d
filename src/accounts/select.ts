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
 * What a name or an account id means: what has that name, a profile before an account of the database; else everything
 * that leads into that account.
 *
 * @throws VedetteError `account-unknown`
 */
export function matchAccounts<Known extends Target>(known: readonly Known[], nameOrId: string): Known[] {
  const named = known.find(({ name }) => name === nameOrId);
  if (named !== undefined) return [named];
  const ofAccount = known.filter(({ accountId }) => accountId === nameOrId);
  if (ofAccount.length > 0) return ofAccount;
  throw new VedetteError(
    'account-unknown',
    `No profile and no account is named ${JSON.stringify(nameOrId)} or has that account id.`,
  );
}

/**
 * The accounts of a run as they are known where it begins: who asked for it may only have had a name, or an account id in
 * its place, which means the first that leads there. A name that nobody knows stays: its scan tells.
 */
export function resolveTargets<Wanted extends Target>(
  known: readonly Target[],
  targets: readonly Wanted[],
): Wanted[] {
  const resolved = targets.map((target) => {
    const found =
      known.find(({ kind, name }) => kind === target.kind && name === target.name) ??
      known.find(({ name }) => name === target.name) ??
      known.find(({ accountId }) => accountId === target.name);
    if (found === undefined) return target;
    return { ...target, ...found, accountId: target.accountId ?? found.accountId };
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

/** @param accountId null when the targets are simply all there are */
export function selectionMenu(accountId: string | null, targets: readonly Target[]): SelectionMenu {
  const matching = accountId === null ? '' : ` matching account ID '${accountId}'`;
  const entries = [...targets.map(({ name }) => name), 'All profiles', 'Cancel'];
  return {
    text: [
      `Found ${targets.length} profiles${matching}:`,
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
