import { hostname, userInfo } from 'node:os';

/** Who works here, for what is recorded with a name; a user id without an entry has no name. */
export function personAtThisMachine(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}

/** As the audit log names them. */
export function actorAtThisMachine(): string {
  return `command line (${personAtThisMachine()}@${hostname()})`;
}
