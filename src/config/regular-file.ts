import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { VedetteError } from '../errors.ts';

/** Nobody writes more by hand. */
const MOST_BYTES = 1024 * 1024;

/**
 * The text of a file that people write settings in. Pipes and devices, which may never end or begin, are not opened: such a
 * file may lie in a folder of somebody else, where a command happens to be run.
 *
 * @param remedy of the failures
 * @throws VedetteError `config-invalid` for a file that cannot be read, is no regular one, or is too large
 */
export function readRegularFile(file: string, remedy?: string): string {
  const refuse = (problem: string, cause?: unknown): VedetteError =>
    new VedetteError('config-invalid', `${file} ${problem}.`, {
      ...(remedy !== undefined && { remedy }),
      ...(cause !== undefined && { cause }),
    });
  let opened: number | undefined;
  try {
    // Opening a device may do something; opening a pipe that took the file's place meanwhile must not wait.
    if (!statSync(file).isFile()) throw refuse('is not a regular file');
    opened = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const facts = fstatSync(opened);
    if (!facts.isFile()) throw refuse('is not a regular file');
    if (facts.size > MOST_BYTES) throw refuse(`has ${facts.size} bytes; at most ${MOST_BYTES} are read`);
    return readFileSync(opened, 'utf8');
  } catch (cause) {
    if (cause instanceof VedetteError) throw cause;
    throw refuse(`cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}
