import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** Notes its calls; does what npm would leave behind. */
const NPM = `#!/bin/sh
echo "npm $*" >> calls
echo "noise of npm"
if [ -e broken ]; then echo "the reason" >&2; exit 9; fi
case "$1" in
  ci) rm -rf node_modules; mkdir node_modules ;;
  run) rm -rf dist; mkdir dist ;;
esac
`;
const VEDETTE = `
import { appendFileSync } from 'node:fs';
const args = process.argv.slice(2);
appendFileSync('calls', ['vedette', ...args].join(' ') + '\\n');
console.log('said ' + args.join(' '));
process.exitCode = args[0] === 'demo' ? 7 : 0;
`;

let checkout: string;

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'vedette-bootstrap-'));
  cpSync(join(project, 'scripts'), join(checkout, 'scripts'), { recursive: true });
  add('package.json', '{"type":"module"}');
  for (const file of ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json']) add(file, '{}');
  add('src/deep/one.ts', 'export const one = 1;');
  add('migrations/first.ts', '');
  add('web/index.html', '');
  add('bin/vedette.js', VEDETTE);
  add('fake/npm', NPM);
  chmodSync(join(checkout, 'fake/npm'), 0o755);
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

function add(path: string, content: string): void {
  mkdirSync(dirname(join(checkout, path)), { recursive: true });
  writeFileSync(join(checkout, path), content);
}

function bootstrap(...args: string[]) {
  rmSync(join(checkout, 'calls'), { force: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/bootstrap.js', ...args], {
    cwd: checkout,
    env: { PATH: [join(checkout, 'fake'), process.env.PATH].join(delimiter) },
    encoding: 'utf8',
  });
  const calls = join(checkout, 'calls');
  return {
    status,
    stdout,
    stderr,
    calls: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [],
  };
}

const CI = 'npm ci --include=dev --no-audit --no-fund';
const BUILD = 'npm run --silent build';

describe('what is done again', () => {
  test('everything at first, nothing the second time', () => {
    const first = bootstrap();
    expect(first).toMatchObject({ status: 0, stdout: '', calls: [CI, BUILD] });
    expect(first.stderr).toMatch(/✓ dependencies \(npm ci\) \d+\.\d s\n.*✓ build \d+\.\d s\n/s);
    expect(first.stderr).not.toContain('noise of npm');

    const second = bootstrap();
    expect(second).toMatchObject({ status: 0, calls: [] });
    expect(second.stderr).toBe('= dependencies up to date\n= build up to date\n');
  });

  test.each([
    ['package-lock.json', '{"lockfileVersion":3}', [CI, BUILD]],
    ['src/deep/one.ts', 'export const one = 2;', [BUILD]],
    ['src/deep/two.ts', '', [BUILD]],
    ['migrations/first.ts', '// changed', [BUILD]],
    ['web/index.html', '<!doctype html>', [BUILD]],
    ['tsconfig.json', '{"changed":true}', [BUILD]],
    ['scripts/build-wasm.js', '// changed', [BUILD]],
    ['scripts/bundle-workflows.js', '// changed', [BUILD]],
    ['README.md', 'changed', []],
  ])('after a change of %s', (path, content, calls) => {
    bootstrap();
    add(path, content);
    expect(bootstrap()).toMatchObject({ status: 0, calls });
  });

  test('not after a mere touch', () => {
    bootstrap();
    add('src/deep/one.ts', 'export const one = 1;');
    expect(bootstrap().calls).toEqual([]);
  });

  test('what was removed', () => {
    bootstrap();
    rmSync(join(checkout, 'dist'), { recursive: true });
    expect(bootstrap().calls).toEqual([BUILD]);
    rmSync(join(checkout, 'node_modules'), { recursive: true });
    expect(bootstrap().calls).toEqual([CI]);
  });
});

describe('what follows', () => {
  test('the setup for the purpose, then the command with its options and its exit code', () => {
    const { status, stdout, calls } = bootstrap('--for', 'demo', '--run', 'demo', '--exit');
    expect(calls).toEqual([CI, BUILD, 'vedette setup --for demo', 'vedette demo --exit']);
    expect(stdout).toBe('said demo --exit\n');
    expect(status).toBe(7);
  });

  test('nothing after a failed step, which shows its output and is done again', () => {
    add('broken', '');
    const { status, stderr, calls } = bootstrap('--for', 'demo', '--run', 'demo');
    expect({ status, calls }).toEqual({ status: 1, calls: [CI] });
    expect(stderr).toContain('noise of npm');
    expect(stderr).toContain('the reason');
    expect(stderr).toMatch(
      /✗ dependencies \(npm ci\) failed after \d+\.\d s: exit code 9\n {2}Check the network/,
    );
    rmSync(join(checkout, 'broken'));
    expect(bootstrap().calls).toEqual([CI, BUILD]);
  });

  test('nothing after a failed setup', () => {
    appendFileSync(join(checkout, 'bin/vedette.js'), "if (args[0] === 'setup') process.exit(4);\n");
    const { status, stderr, calls } = bootstrap('--for', 'test', '--run', 'demo');
    expect({ status, calls: calls.at(-1) }).toEqual({ status: 1, calls: 'vedette setup --for test' });
    expect(stderr).toContain('✗ setup failed: exit code 4');
  });

  test('an unknown option is refused', () => {
    expect(bootstrap('--for', 'lunch')).toMatchObject({ status: 1, calls: [] });
  });
});
