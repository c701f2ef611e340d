import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCliHome, recorded, startProgram, VEDETTE } from '../support/cli.ts';

const home = createCliHome();
/** On a PATH, as users have it. */
const bin = join(home.folder, 'bin');

beforeAll(async () => {
  mkdirSync(bin);
  const program = join(bin, 'vedette');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${VEDETTE}' "$@"\n`);
  chmodSync(program, 0o755);
  home.profiles({ 'acme-production': { region: 'eu-west-1' }, '$(touch evil)': { region: 'eu-west-1' } });
  await home.run(['import', recorded('111111111111', 1)]);
}, 60_000);
afterAll(() => home.remove());

/** What `vedette __complete` gives for a line, whose last word is being written. */
async function complete(line: string): Promise<string[]> {
  const { code, stdout, stderr } = await home.run(['__complete', '--', ...line.split(' ')]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.split('\n').filter((word) => word !== '');
}

describe('vedette completion', () => {
  test.each([
    ['sc', ['scan', 'schedule']],
    ['scan r', ['run', 'retry']],
    ['scan run --acc', ['--account']],
    ['event list --st', ['--status']],
    ['event list --level ', ['critical', 'high', 'medium', 'low', 'info']],
    ['event list --level critical,h', ['critical,high']],
    ['event list --status r', ['resolved']],
    ['event list -o j', ['json', 'jsonl']],
    ['event list --service ia', ['iam']],
    ['scan run --source ', ['scoutsuite']],
    ['scan run --account ', ['acme-production', '111111111111']],
    ['scan show ', ['1']],
    ['completion z', ['zsh']],
    ['compliance show cis-5', ['cis-5.0']],
    ['scan run --framework lg', ['lgpd']],
    ['check show s3-bucket-public-w', ['s3-bucket-public-write-acl', 's3-bucket-public-write-policy']],
    ['event list --limit ', []],
    ['frobnicate ', []],
  ])(
    'of %j',
    async (line, expected) => {
      expect(await complete(line)).toEqual(expected);
    },
    20_000,
  );

  test('ids of events, the last ones first', async () => {
    const ids = (await complete('event show ')).map(Number);
    expect(ids.length).toBeGreaterThan(10);
    expect(ids).toEqual(ids.toSorted((one, other) => other - one));
  }, 20_000);

  test('says nothing where there is nothing to read from', async () => {
    const { code, stdout, stderr } = await home.run(['__complete', '--', 'scan', 'show', ''], {
      VEDETTE_HOME: join(home.folder, 'nowhere'),
    });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
  }, 20_000);

  test.each([
    ['vedette scan r', ['retry', 'run']],
    ['vedette event list --level c', ['critical']],
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
      const environment = { ...home.environment, PATH: `${bin}:${home.environment['PATH']}` };
      const { code, stdout, stderr } = await startProgram('bash', [file], environment, home.folder).ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trim().split('\n')).toEqual(expected);
    },
    20_000,
  );

  test('zsh and fish get scripts that ask the same', async () => {
    const zsh = await home.run(['completion', 'zsh']);
    expect(zsh.stdout).toMatch(/^#compdef vedette\n/);
    expect(zsh.stdout).toContain('__complete --');
    const fish = await home.run(['completion', 'fish']);
    expect(fish.stdout).toContain('vedette __complete --');
  }, 20_000);
});
