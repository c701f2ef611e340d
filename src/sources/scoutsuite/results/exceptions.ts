import { basename } from 'node:path';
import { openFileOfFolder } from '../../../regular-file.ts';
import { companionsOf } from './companions.ts';
import type { ResultsIdentity } from './companions.ts';
import { isObject, textsOf } from './json-value.ts';

/** Items that a check found, and that ScoutSuite left out because somebody wants not to see them (`--exceptions`). */
export interface HiddenItems {
  service: string;
  checkId: string;
  items: readonly string[];
}

/** What was hidden; `problem` says why that is not known. */
export interface Exceptions {
  hidden: readonly HiddenItems[];
  problem: string | null;
}

const NONE: Exceptions = { hidden: [], problem: null };
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** Reads `scoutsuite_exceptions_<name>.js` beside the results: the first line assigns, what follows is JSON. */
export async function readExceptions(results: ResultsIdentity, signal: AbortSignal): Promise<Exceptions> {
  const read: Exceptions[] = [];
  for (const { file } of await companionsOf('exceptions', results)) read.push(await readFile(file, signal));
  return {
    hidden: read.flatMap(({ hidden }) => hidden),
    problem: read.find(({ problem }) => problem !== null)?.problem ?? null,
  };
}

async function readFile(file: string, signal: AbortSignal): Promise<Exceptions> {
  const name = basename(file);
  const unread = (problem: string): Exceptions => ({ hidden: [], problem: `${name} ${problem}` });
  const opened = await openFileOfFolder(file).catch(() => ({ problem: 'cannot be read' }));
  if ('problem' in opened) return unread(opened.problem);
  const { handle, facts } = opened;
  try {
    if (facts.size > MAX_FILE_BYTES) return unread(`is larger than ${MAX_FILE_BYTES} bytes`);
    const text = (await handle.readFile({ encoding: 'utf8', signal })).replace(/^\s*exceptions\s*=/, '');
    const content: unknown = text.trim() === '' ? {} : JSON.parse(text);
    return isObject(content) ? { ...NONE, hidden: hiddenIn(content) } : unread('holds no exceptions');
  } catch {
    signal.throwIfAborted();
    return unread('is not valid JSON');
  } finally {
    await handle.close();
  }
}

function hiddenIn(exceptions: Readonly<Record<string, unknown>>): HiddenItems[] {
  return Object.entries(exceptions).flatMap(([service, checks]) =>
    isObject(checks)
      ? Object.entries(checks).map(([checkId, items]) => ({ service, checkId, items: textsOf(items) }))
      : [],
  );
}
