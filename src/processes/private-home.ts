import { chmodSync, lstatSync, readdirSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../log.ts';

/** What vedette itself keeps in a VEDETTE_HOME, with what SQLite and locks put beside it. */
const OURS = /^(?:vedette\.db|temporal\.db|scoutsuite|moto|bin|artifacts|run|log|demo)(?:[-.]|$)/;
const OTHERS = 0o077;
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

/**
 * Sees to it that what this process, and every program that it starts, makes from now on is for this user alone, and closes
 * what lies in VEDETTE_HOME with wider permissions. The folder itself is closed where it holds nothing but ours: it may be
 * one that others use too. Of a folder that is not ours, and that others can so change, is told.
 */
export function keepHomePrivate(home: string, logger: Logger): void {
  process.umask(OTHERS);
  const user = process.geteuid?.();
  if (user === undefined) return;
  let folder: Stats;
  let names: string[];
  try {
    folder = statSync(home);
    names = readdirSync(home);
  } catch {
    // It is made when it is needed; what is wrong with it shows then.
    return;
  }
  const ours = names.filter((name) => OURS.test(name)).map((name) => join(home, name));
  for (const path of ours) close(path, user);
  const isShared = (folder.mode & STICKY) !== 0 || ours.length < names.length;
  if (!isShared) close(home, user);
  const others = folder.uid !== 0 || (folder.mode & OTHERS_WRITE) !== 0;
  if (folder.uid !== user && others) {
    logger.warn(
      { home, owner: folder.uid },
      `VEDETTE_HOME ${home} belongs to another user: others may change what vedette keeps in it. ` +
        'Make it yours (chown), or set VEDETTE_HOME to a folder of your own.',
    );
  }
}

/** Leaves links, and what belongs to others, alone. */
function close(path: string, user: number): void {
  try {
    const facts = lstatSync(path);
    if (facts.isSymbolicLink() || facts.uid !== user || (facts.mode & OTHERS) === 0) return;
    chmodSync(path, facts.mode & 0o700);
  } catch {
    // It went in the meantime, or lies on a disk that keeps no permissions.
  }
}
