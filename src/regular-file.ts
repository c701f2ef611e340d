import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { VedetteError } from './errors.ts';
import type { FailureType } from './model/failure.ts';

/*
 * Files that people name, or that lie where anybody may have put them. Pipes and devices, which may never end or begin, are
 * not opened: opening a device may do something, and one that took a file's place meanwhile must not be waited for.
 */

/** A file that is open for reading, to be closed by who opened it. */
export interface RegularFile {
  handle: FileHandle;
  facts: Stats;
}

const NOT_REGULAR = 'is not a regular file';
/** Nobody writes more by hand. */
const MOST_BYTES = 1024 * 1024;
const WITHOUT_WAITING = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * The text of a file that people write: settings, certificates, schedules.
 *
 * @param names the failures: their type, the setting that names the file, and what to do
 * @throws VedetteError `config-invalid`, or of that type, for a file that cannot be read, is no regular one, or is too large
 */
export function readRegularFile(
  file: string,
  {
    type = 'config-invalid',
    setting,
    remedy,
  }: { type?: FailureType; setting?: string; remedy?: string } = {},
): string {
  const refuse = (problem: string, cause?: unknown): VedetteError =>
    new VedetteError(type, `${setting === undefined ? '' : `${setting}: `}${file} ${problem}.`, {
      ...(remedy !== undefined && { remedy }),
      ...(cause !== undefined && { cause }),
    });
  let opened: number | undefined;
  try {
    if (!statSync(file).isFile()) throw refuse(NOT_REGULAR);
    opened = openSync(file, WITHOUT_WAITING);
    const facts = fstatSync(opened);
    if (!facts.isFile()) throw refuse(NOT_REGULAR);
    if (facts.size > MOST_BYTES) throw refuse(`has ${facts.size} bytes; at most ${MOST_BYTES} are read`);
    return readFileSync(opened, 'utf8');
  } catch (cause) {
    if (cause instanceof VedetteError) throw cause;
    throw refuse(`cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/**
 * Opens a file of any size that somebody named, to be read piece by piece.
 *
 * @throws VedetteError `results-missing` for one that is not there, cannot be read, or is no regular file
 */
export async function openRegularFile(file: string, remedy?: string): Promise<RegularFile> {
  const refuse = (problem: string, cause?: unknown): VedetteError =>
    new VedetteError('results-missing', `${file} ${problem}.`, {
      ...(remedy !== undefined && { remedy }),
      ...(cause !== undefined && { cause }),
    });
  let opened: RegularFile | null;
  try {
    opened = await openIfRegular(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw refuse(code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? String(cause)})`, cause);
  }
  if (opened === null) throw refuse(NOT_REGULAR);
  return opened;
}

/**
 * Opens a file of a folder that others write to. Links are not followed out of the folder: whoever writes reports must not
 * choose what else of this machine is read.
 *
 * @returns why it is not read, as the end of a sentence, where it is no such file
 * @throws the error of the file system when there is no such file, or it may not be read.
 */
export async function openFileOfFolder(file: string): Promise<RegularFile | { problem: string }> {
  const [target, folder] = await Promise.all([realpath(file), realpath(dirname(file))]);
  const inside = folder.endsWith(sep) ? folder : `${folder}${sep}`;
  if (!target.startsWith(inside)) return { problem: 'is a link that leads out of its folder' };
  return (await openIfRegular(target, constants.O_NOFOLLOW)) ?? { problem: NOT_REGULAR };
}

async function openIfRegular(file: string, flags = 0): Promise<RegularFile | null> {
  if (!(await stat(file)).isFile()) return null;
  const handle = await open(file, WITHOUT_WAITING | flags);
  const facts = await handle.stat();
  if (facts.isFile()) return { handle, facts };
  await handle.close();
  return null;
}
