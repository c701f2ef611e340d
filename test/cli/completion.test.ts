import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createCliHome, startProgram } from '../support/cli.ts';

const home = createCliHome();
afterAll(() => home.remove());

describe('vedette completion', () => {
  test.each([
    ['vedette sc', ['scan', 'schedule']],
    ['vedette scan r', ['retry', 'run']],
    ['vedette scan run --acc', ['--account']],
    ['vedette event list --st', ['--status']],
  ])(
    'bash completes %j',
    async (line, expected) => {
      const { stdout: script } = await home.run(['completion', 'bash']);
      const file = join(home.folder, 'completion.bash');
      const words = line.split(' ');
      writeFileSync(
        file,
        `${script}\nCOMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _vedette; printf '%s\\n' "\${COMPREPLY[@]}" | sort`,
      );
      const { code, stdout, stderr } = await startProgram('bash', [file], home.environment, home.folder)
        .ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trim().split('\n')).toEqual(expected);
    },
    20_000,
  );

  test('zsh and fish get scripts of the same words', async () => {
    const zsh = await home.run(['completion', 'zsh']);
    expect(zsh.stdout).toMatch(/^#compdef vedette\n/);
    const fish = await home.run(['completion', 'fish']);
    expect(fish.stdout).toContain("complete -c vedette -f -n '__fish_use_subcommand' -a scan\n");
    expect(fish.stdout).toContain('-l concurrency\n');
  }, 20_000);
});
