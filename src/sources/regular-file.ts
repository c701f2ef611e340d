import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, sep } from 'node:path';

/** A file that is open for reading, to be closed by who opened it; or why it is not read, as the end of a sentence. */
export type OpenedFile = { handle: FileHandle; facts: Stats } | { problem: string };

const NOT_REGULAR = 'is not a regular file';

/**
 * Opens a regular file. Pipes and devices, which may never end or begin, are not opened, and links are not followed out of
 * the file's folder: whoever writes reports must not choose what else of this machine is read.
 *
 * @throws the error of the file system when there is no such file, or it may not be read.
 */
export async function openRegularFile(file: string): Promise<OpenedFile> {
  const [target, folder] = await Promise.all([realpath(file), realpath(dirname(file))]);
  const inside = folder.endsWith(sep) ? folder : `${folder}${sep}`;
  if (!target.startsWith(inside)) return { problem: 'is a link that leads out of its folder' };
  // Opening a device may do something, opening a pipe may take for ever.
  if (!(await stat(target)).isFile()) return { problem: NOT_REGULAR };
  const handle = await open(target, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  const facts = await handle.stat();
  if (facts.isFile()) return { handle, facts };
  await handle.close();
  return { problem: NOT_REGULAR };
}
