import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { identify } from '../../src/processes/identity.ts';
import { spawnNode } from '../support/processes.ts';

test('what runProcess started ends with its group when this process is killed', async () => {
  const { child } = spawnNode('test/support/run-a-sleeper.ts', '');
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [string];
  const pid = Number(line);
  expect(identify(pid)).toBeDefined();
  child.kill('SIGKILL');
  await once(child, 'exit');
  await untilGone(pid);
}, 20_000);

test('what it let go of lives on, also when its guard has to be replaced', async () => {
  const { child } = spawnNode('test/support/tether-sleepers.ts', '');
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [string];
  const [free, held, heldLater, stubborn] = JSON.parse(line) as [number, number, number, number];
  try {
    child.kill('SIGKILL');
    await once(child, 'exit');
    await untilGone(held);
    await untilGone(heldLater);
    await untilGone(stubborn);
    expect(identify(free)).toBeDefined();
  } finally {
    process.kill(free, 'SIGKILL');
  }
}, 20_000);

async function untilGone(pid: number): Promise<void> {
  const deadline = Date.now() + 5000;
  while (identify(pid) !== undefined && Date.now() < deadline) await sleep(20);
  expect(identify(pid)).toBeUndefined();
}
