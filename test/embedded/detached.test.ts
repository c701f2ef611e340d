import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { detachedStack } from '../../src/embedded/detached.ts';
import { answers } from '../../src/embedded/ports.ts';
import type { Stack } from '../../src/embedded/stack.ts';
import { silent } from '../../src/log.ts';
import { identify, terminate } from '../../src/processes/identity.ts';
import { loadConfig } from '../../src/settings.ts';
import type { Config } from '../../src/settings.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const up = [process.execPath, '--import', at('../support/typescript.js'), at('own-stack.js')] as const;

let home: string;
let config: Config;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vedette-detached-'));
  config = loadConfig({ general: { home } }, home).config;
});
afterEach(async () => {
  const state = join(home, 'run/stack.json');
  if (existsSync(state)) {
    const { supervisor } = JSON.parse(readFileSync(state, 'utf8')) as { supervisor: { pid: number } };
    const process = identify(supervisor.pid);
    if (process !== undefined) await terminate(process, 15_000);
  }
  rmSync(home, { recursive: true, force: true });
});

function detached(command: readonly [string, ...string[]]): Promise<Stack> {
  return detachedStack(config, { logger: silent, signal: new AbortController().signal, command });
}

test('a stack in the background is started once and is not ours to stop', async () => {
  const stack = await detached(up);
  expect(stack.owned).toBe(false);
  await stack.stop();
  expect(await answers(stack.address)).toBe(true);
  expect(await detached(['false'])).toMatchObject({ address: stack.address });
});

test('one that does not start is reported with its last lines', async () => {
  const failing = detached([process.execPath, '-e', 'console.error("no such luck"); process.exit(3)']);
  await expect(failing).rejects.toMatchObject({ type: 'stack-failed', lastLines: ['no such luck'] });
});
