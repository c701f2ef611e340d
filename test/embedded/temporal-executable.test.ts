import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findTemporal } from '../../src/embedded/temporal-executable.ts';
import { loadConfig } from '../../src/settings.ts';

const WORKS = '#!/bin/sh\necho temporal version 1.5.1\n';
const BROKEN = '#!/bin/sh\nexit 1\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-temporal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function add(path: string, content: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, 0o755);
  return file;
}

function find(environment: Record<string, string> = {}, cli?: string): Promise<string | undefined> {
  const { config } = loadConfig({ general: { home: join(folder, 'state') }, temporal: { cli } }, folder);
  return findTemporal(config, { HOME: join(folder, 'home'), PATH: join(folder, 'path'), ...environment });
}

/** The network is out of reach by way of a proxy that does not exist. */
function ensureInEmptyMachine(environment: Record<string, string> = {}): unknown {
  const script = fileURLToPath(new URL('find-temporal.js', import.meta.url));
  const loader = fileURLToPath(new URL('../support/typescript.js', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', loader, script], {
    cwd: folder,
    env: {
      HOME: join(folder, 'home'),
      PATH: '',
      VEDETTE_HOME: join(folder, 'state'),
      HTTPS_PROXY: 'http://127.0.0.1:1',
      ...environment,
    },
    encoding: 'utf8',
  });
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(stderr);
  }
}

describe('findTemporal', () => {
  test('prefers TEMPORAL_CLI, then PATH, the Go folders, the Temporal folder, our own', async () => {
    const cli = add('anywhere/my-temporal', WORKS);
    const places = [
      'path/temporal',
      'gobin/temporal',
      'gopath/bin/temporal',
      'home/go/bin/temporal',
      'home/.temporalio/bin/temporal',
      'state/bin/temporal',
      'state/bin/temporal-v1.5.1',
    ].map((place) => add(place, WORKS));
    const environment = { GOBIN: join(folder, 'gobin'), GOPATH: join(folder, 'gopath') };
    expect(await find(environment, cli)).toBe(cli);
    for (const place of places) {
      expect(await find(environment)).toBe(place);
      rmSync(place);
    }
    expect(await find(environment)).toBeUndefined();
  });

  test('passes over what does not run', async () => {
    add('path/temporal', BROKEN);
    mkdirSync(join(folder, 'home/go/bin/temporal'), { recursive: true });
    const works = add('state/bin/temporal', WORKS);
    expect(await find()).toBe(works);
  });

  test('a TEMPORAL_CLI that does not run is a failure, not passed over', async () => {
    add('path/temporal', WORKS);
    const cli = add('anywhere/my-temporal', BROKEN);
    await expect(find({}, cli)).rejects.toMatchObject({
      type: 'temporal-missing',
      message: expect.stringContaining(cli),
    });
  });
});

describe('ensureTemporal on a machine without any', () => {
  test('names everything that was tried', () => {
    const failure = ensureInEmptyMachine() as { type: string; message: string; remedy: string };
    expect(failure.type).toBe('temporal-missing');
    for (const tried of [
      'TEMPORAL_ADDRESS',
      'TEMPORAL_CLI',
      'PATH',
      'Go bin folder',
      '~/.temporalio/bin',
      join(folder, 'state/bin'),
      'download',
      'go install github.com/temporalio/cli/cmd/temporal@v1.5.1, minutes the first time): not installed',
    ]) {
      expect(failure.message).toContain(tried);
    }
    expect(failure.remedy).toContain('TEMPORAL_ADDRESS');
  });

  test('builds it with Go into VEDETTE_HOME where it cannot be downloaded', () => {
    const build = `
if [ "$2" = -n ]; then echo 'mkdir -p $WORK/b001/'; echo 'mkdir -p $WORK/b002/'; echo 'mkdir -p /elsewhere/'; exit; fi
echo "$@" > "$GOBIN/arguments"; echo errors; echo main; cp "${add('made', WORKS)}" "$GOBIN/temporal"`;
    add('tools/go', `#!/bin/sh${build}\n`);
    const PATH = [join(folder, 'tools'), '/usr/bin', '/bin'].join(':');
    expect(ensureInEmptyMachine({ PATH })).toEqual({
      executable: join(folder, 'state/bin/temporal'),
      told: expect.arrayContaining(['1 of 2 packages compiled: errors']),
    });
  });
});
