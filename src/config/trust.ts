import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { readEnvironment } from './env.ts';

const STICKY = 0o1000;
const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;

/**
 * Why what an existing file says may be the word of another user of this machine, as a sentence without its end; undefined
 * where only this user and root can write the file and its folder, and on systems that have no such owners.
 */
export function whyNotTrusted(file: string): string | undefined {
  const { geteuid, getegid } = process;
  if (geteuid === undefined || getegid === undefined) return undefined;
  const user = geteuid.call(process);
  const owners = [user, 0, ...(user === 0 ? invokerOfSudo() : [])];
  // The group of one user that many systems give each, and that of root.
  const groups = [0, ...(getegid.call(process) === user ? [user] : [])];
  for (const path of [dirname(file), file]) {
    const { uid, gid, mode } = statSync(path);
    if (!owners.includes(uid)) return `${path} belongs to another user (${uid})`;
    // Nobody replaces files of others in a folder like /tmp.
    if (path !== file && (mode & STICKY) !== 0) continue;
    if ((mode & OTHERS_WRITE) !== 0) return `every user can write to ${path}`;
    if ((mode & GROUP_WRITES) !== 0 && !groups.includes(gid)) return `the group ${gid} can write to ${path}`;
  }
  return undefined;
}

function invokerOfSudo(): number[] {
  const { SUDO_UID: uid } = readEnvironment();
  return uid === undefined || uid === '' ? [] : [Number(uid)];
}
