/** Tethers processes and kills the shell that guards them; prints their ids, of which the first was let go. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tether } from '../../src/processes/tether.ts';

const free = sleeper('exec sleep 300');
const held = sleeper('exec sleep 300');
const letGo = tether(free);
tether(held);
killGuard();
await sleep(200);
const heldLater = sleeper('exec sleep 300');
const stubborn = sleeper('trap "" TERM; while :; do sleep 1; done');
tether(heldLater);
tether(stubborn, 1);
letGo();
console.log(JSON.stringify([free, held, heldLater, stubborn]));
setInterval(() => undefined, 1000);

function sleeper(script: string): number {
  const { pid } = spawn('/bin/sh', ['-c', script], { detached: true, stdio: 'ignore' });
  if (pid === undefined) throw new Error('no process');
  return pid;
}

function killGuard(): void {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  const guards = children.filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('while read'),
  );
  if (guards.length !== 1) throw new Error(`${guards.length} guards`);
  process.kill(Number(guards[0]), 'SIGKILL');
}
