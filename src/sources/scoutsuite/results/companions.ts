import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { VedetteError } from '../../../errors.ts';
import { openFileOfFolder } from '../../../regular-file.ts';

/** What ScoutSuite leaves beside its results: the errors it logged, and the items that it was told to hide. */
export type CompanionKind = 'errors' | 'exceptions';

/** What tells the results of one scan from those of another. */
export interface ResultsIdentity {
  file: string;
  accountId: string;
  /** `last_run.time` as it stands in the file. */
  time: string;
}

export interface Companion {
  file: string;
  /** Whether the names of the files, or the results that they are named after, say that it belongs to this scan. */
  isOwn: boolean;
}

const RESULTS = /^scoutsuite_results(?:_(.+))?\.(?:js|json)$/;
const COMPANIONS: Readonly<Record<CompanionKind, RegExp>> = {
  errors: /^scoutsuite_errors(?:_(.+))?\.json$/,
  exceptions: /^scoutsuite_exceptions(?:_(.+))?\.(?:js|json)$/,
};
/** The facts of a scan stand at the beginning of its results, before the services. */
const HEAD_BYTES = 256 * 1024;

/** Names of the companions that ScoutSuite itself writes beside `scoutsuite_results_<name>.js`. */
export function companionNames(name: string): string[] {
  return [`scoutsuite_errors_${name}.json`, `scoutsuite_exceptions_${name}.js`];
}

/**
 * The companions of some results in their folder. Results are renamed, converted and written anew, their companions are
 * not: those that are named after other results are of this scan, too, when those results are. What is named after
 * results that are not there may be of this scan.
 *
 * @throws VedetteError `results-missing` when the folder cannot be listed.
 */
export async function companionsOf(kind: CompanionKind, results: ResultsIdentity): Promise<Companion[]> {
  const folder = dirname(results.file);
  const names = await readdir(folder).catch((cause: unknown) => {
    const remedy = 'Let it be listed: what the scanner could not see stands in a file beside the results.';
    throw new VedetteError('results-missing', `The folder ${folder} cannot be listed.`, { cause, remedy });
  });
  const found = names.flatMap((name) => {
    const match = COMPANIONS[kind].exec(name);
    return match === null ? [] : [{ name, of: match[1] ?? '' }];
  });
  const named = RESULTS.exec(basename(results.file));
  const own = found.find(({ of }) => named !== null && of === (named[1] ?? ''));
  if (own !== undefined) return [{ file: join(folder, own.name), isOwn: true }];

  const owners = new Map<string, string[]>();
  for (const name of names) {
    const match = RESULTS.exec(name);
    if (match !== null) owners.set(match[1] ?? '', [...(owners.get(match[1] ?? '') ?? []), name]);
  }
  const companions: Companion[] = [];
  for (const { name, of } of found.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const ownedBy = owners.get(of) ?? [];
    const isOwn = await someAsync(ownedBy, (owner) => isOfScan(join(folder, owner), results));
    if (isOwn || ownedBy.length === 0) companions.push({ file: join(folder, name), isOwn });
  }
  const certain = companions.filter(({ isOwn }) => isOwn);
  return certain.length > 0 ? certain : companions;
}

async function someAsync<T>(all: readonly T[], test: (one: T) => Promise<boolean>): Promise<boolean> {
  for (const one of all) if (await test(one)) return true;
  return false;
}

/** Whether other results are of the same scan, such as the file that these were made from. */
async function isOfScan(file: string, { accountId, time }: ResultsIdentity): Promise<boolean> {
  const head = await headOf(file).catch(() => '');
  return head.includes(JSON.stringify(time)) && head.includes(JSON.stringify(accountId));
}

async function headOf(file: string): Promise<string> {
  const opened = await openFileOfFolder(file);
  if ('problem' in opened) return '';
  const { handle } = opened;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
