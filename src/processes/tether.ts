import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

/** Reads `hold PID [SECONDS]` and `free PID`; at the end of its input, ends what it still holds. */
const GUARD = `held=
while read -r change pid seconds; do
  others=
  for one in $held; do [ "\${one%:*}" = "$pid" ] || others="$others $one"; done
  held=$others
  [ "$change" = free ] || held="$held $pid:$seconds"
done
for one in $held; do
  pid=\${one%:*} seconds=\${one#*:}
  { kill -TERM "$pid"; [ -z "$seconds" ] || { sleep "$seconds"; kill -KILL "$pid"; }; } &
done`;

let guard: ChildProcess | undefined;
const held = new Map<number, string>();

/**
 * Sees to it that another process ends when this one does, whatever ended it: a shell reads from a pipe of this process,
 * which closes then, and sends TERM. One shell for all, because starting a process costs a large one many milliseconds.
 *
 * @param pid negative for a whole process group
 * @param killAfterSeconds KILL follows after this long
 * @returns lets go of it
 */
export function tether(pid: number, killAfterSeconds?: number): () => void {
  const line = `hold ${pid} ${killAfterSeconds ?? ''}\n`;
  if (isThere(guard)) guard.stdin?.write(line);
  else guard = startGuard([...held.values(), line]);
  held.set(pid, line);
  return () => {
    // A later process may have got the same number.
    if (held.get(pid) !== line) return;
    held.delete(pid);
    if (isThere(guard)) guard.stdin?.write(`free ${pid}\n`);
  };
}

function startGuard(lines: readonly string[]): ChildProcess {
  const shell = spawn('/bin/sh', ['-c', GUARD], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  // Without a shell the other processes merely live longer than a killed one of ours.
  shell.once('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.stdin.write(lines.join(''));
  shell.unref();
  (shell.stdin as Socket).unref();
  return shell;
}

function isThere(shell: ChildProcess | undefined): shell is ChildProcess {
  return shell?.pid !== undefined && shell.exitCode === null && shell.signalCode === null;
}
