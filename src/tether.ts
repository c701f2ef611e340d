import { spawn } from 'node:child_process';

/**
 * Sees to it that another process ends when this one does, whatever ended it: a shell waits on a pipe from this process,
 * which closes then, and sends TERM.
 *
 * @param pid negative for a whole process group
 * @param killAfterSeconds KILL follows after this long
 * @returns lets go of it
 */
export function tether(pid: number, killAfterSeconds?: number): () => void {
  const kill = killAfterSeconds === undefined ? '' : ` sleep ${killAfterSeconds}; kill -KILL "$0";`;
  const shell = spawn('/bin/sh', ['-c', `read -r _ || { kill -TERM "$0";${kill} }`, String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Without a shell the other process merely lives longer than a killed one of ours.
  shell.once('error', () => undefined);
  return () => void shell.kill('SIGKILL');
}
