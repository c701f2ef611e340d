import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { identify, isAlive, terminate } from '../../processes/identity.ts';

const identity = z.object({ pid: z.number().int().positive(), startedAt: z.string() });
const GRACE_MS = 5000;

/** Remembers the scanner of a folder, for the case that this attempt is given up and the scanner is not gone. */
export async function rememberScanner(folder: string, pid: number): Promise<void> {
  const scanner = identify(pid);
  if (scanner !== undefined) await writeFile(pidFile(folder), JSON.stringify(scanner), { mode: 0o600 });
}

/** Leaves the note of a later attempt alone, which may have taken over the folder. */
export async function forgetScanner(folder: string, pid: number): Promise<void> {
  if ((await readScanner(folder))?.pid === pid) await rm(pidFile(folder), { force: true });
}

/**
 * Ends the scanner, with its process group, that an attempt which was given up left running in the folder. A process
 * that merely got the same number is recognised by its start time and left alone.
 */
export async function endOrphan(folder: string): Promise<void> {
  const scanner = await readScanner(folder);
  if (scanner !== undefined && isAlive(scanner)) await terminate(scanner, GRACE_MS);
}

async function readScanner(folder: string): Promise<z.output<typeof identity> | undefined> {
  try {
    return identity.parse(JSON.parse(await readFile(pidFile(folder), 'utf8')));
  } catch {
    return undefined;
  }
}

function pidFile(folder: string): string {
  return join(folder, 'scanner.json');
}
