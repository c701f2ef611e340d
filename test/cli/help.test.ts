import { afterAll, describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/main.ts';
import { createCliHome } from '../support/cli.ts';

const home = createCliHome();
afterAll(() => home.remove());

function pathsOf(command: Command, path: readonly string[] = []): string[][] {
  return [
    [...path],
    ...command.commands
      .filter((child) => !child.name().startsWith('_'))
      .flatMap((child) => pathsOf(child, [...path, child.name()])),
  ];
}

test('vedette alone shows the same on stdout', async () => {
  const [alone, help] = await Promise.all([home.run([]), home.run(['--help'])]);
  expect(alone).toEqual({ code: 0, stderr: '', stdout: help.stdout });
}, 20_000);

test('version is the same as --version', async () => {
  const [command, option] = await Promise.all([home.run(['version']), home.run(['--version'])]);
  expect(command).toEqual({ code: 0, stderr: '', stdout: option.stdout });
}, 20_000);

describe('vedette --help', () => {
  test('of every command', async () => {
    const paths = pathsOf(createProgram());
    const texts: Record<string, string> = {};
    // Two at a time: each is a process that mostly loads.
    for (let start = 0; start < paths.length; start += 4) {
      const batch = paths.slice(start, start + 4);
      const results = await Promise.all(batch.map((path) => home.run([...path, '--help'])));
      for (const [index, { code, stdout, stderr }] of results.entries()) {
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        texts[['vedette', ...(batch[index] ?? [])].join(' ')] = stdout;
      }
    }
    for (const [command, text] of Object.entries(texts))
      expect(`$ ${command} --help\n${text}`).toMatchSnapshot(command);
  }, 60_000);

  test('loads neither configuration nor database', async () => {
    const { code } = await home.run(['--help'], { DB_PORT: 'no port' });
    expect(code).toBe(0);
  }, 20_000);

  test.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['scan', 'run', '--nosuch'], "unknown option '--nosuch'"],
    [['event', 'list', '--status', 'closed'], 'Allowed are active, suppressed, resolved'],
    [['token', 'revoke', 'mine'], 'see vedette token list'],
    [['event', 'list', '--level', 'grave'], 'Allowed are critical, high, medium, low, info'],
    [['scan', 'run', '--concurrency', '2', '--multithread', '2'], 'cannot be used with'],
    [['event', 'show', 'one'], '"one" is not the id of an event'],
    [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish'],
  ])(
    'wrong usage of %j is told on stderr, with exit code 2',
    async (args, message) => {
      const { code, stdout, stderr } = await home.run(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(message);
    },
    20_000,
  );
});
