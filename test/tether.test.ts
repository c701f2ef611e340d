import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { identify } from '../src/embedded/process-identity.ts';
import { spawnNode } from './support/processes.ts';

test('what runProcess started ends with its group when this process is killed', async () => {
  const { child } = spawnNode('test/support/run-a-sleeper.ts', '');
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [string];
  const pid = Number(line);
  expect(identify(pid)).toBeDefined();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const deadline = Date.now() + 5000;
  while (identify(pid) !== undefined && Date.now() < deadline) await sleep(20);
  expect(identify(pid)).toBeUndefined();
}, 20_000);
