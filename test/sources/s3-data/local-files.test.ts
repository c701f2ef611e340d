import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CONTENT_LIMITS } from '../../../src/sources/s3-data/content/scan-content.ts';
import { detectorSet } from '../../../src/sources/s3-data/detectors/detector-set.ts';
import { scanLocalFiles } from '../../../src/sources/s3-data/local-files.ts';
import type { LocalResult } from '../../../src/sources/s3-data/local-files.ts';

const SECRET = 'mail to jane.doe@acme-mail.com today\n';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-local-'));
  mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
  writeFileSync(join(folder, 'a.txt'), SECRET);
  writeFileSync(join(folder, 'deep', 'er', 'b.txt'), SECRET);
  execFileSync('mkfifo', [join(folder, 'deep', 'pipe')]);
  symlinkSync(folder, join(folder, 'deep', 'around'));
  symlinkSync('/dev/zero', join(folder, 'zero'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function scan(...paths: string[]): Promise<LocalResult[]> {
  const set = detectorSet(['email'], []);
  const { signal } = new AbortController();
  const results: LocalResult[] = [];
  const options = { set, limits: CONTENT_LIMITS, signal, maxMatches: 10 };
  for await (const result of scanLocalFiles(paths, options)) results.push(result);
  return results;
}

const of = (results: readonly LocalResult[], kind: LocalResult['kind']) =>
  results.filter((result) => result.kind === kind).map(({ file }) => file.slice(folder.length + 1));

describe('local files', () => {
  test('all of a folder are looked into, but links; what is no file is told', async () => {
    const results = await scan(folder);
    expect(of(results, 'file')).toEqual(['a.txt', 'deep/er/b.txt']);
    expect(of(results, 'match')).toEqual(['a.txt', 'deep/er/b.txt']);
    expect(of(results, 'problem')).toEqual(['deep/pipe']);
  });

  test.each(['pipe', 'device'])(
    'a %s that is named is told, and does not hold up the others',
    async (what) => {
      const named = what === 'pipe' ? join(folder, 'deep', 'pipe') : '/dev/zero';
      const results = await scan(named, join(folder, 'a.txt'));
      expect(results[0]).toMatchObject({ kind: 'problem', problem: 'skipped', file: named });
      expect(of(results, 'match')).toEqual(['a.txt']);
    },
  );

  test('a path that is not there is refused before anything else', async () => {
    await expect(scan(join(folder, 'a.txt'), join(folder, 'none'))).rejects.toMatchObject({ type: 'usage' });
  });
});
