import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRegistry, sources } from '../../src/sources/registry.ts';
import { findResultsFiles, readerOf, readersOf } from '../../src/sources/results-files.ts';
import { recorded } from '../support/cli.ts';
import { tiny } from '../support/tiny-source/index.ts';
import { tinyResults } from '../support/tiny-source/made-up.ts';

const mute = { ...tiny, id: 'mute', title: 'Mute', importable: null };
const registry = createRegistry([...sources.all, tiny, mute]);
const readers = readersOf(registry);
const folder = mkdtempSync(join(tmpdir(), 'vedette-results-'));
const SCOUTSUITE = recorded('111111111111', 4);
const RESULTS = tinyResults('333333333333', []);

beforeAll(() => {
  mkdirSync(join(folder, 'deep'));
  copyFileSync(SCOUTSUITE, join(folder, 'deep', 'scoutsuite_results_acme.js'));
  copyFileSync(SCOUTSUITE, join(folder, 'renamed.txt'));
  writeFileSync(join(folder, 'tiny_one.jsonl'), RESULTS);
  writeFileSync(join(folder, 'notes.txt'), 'hello');
  writeFileSync(join(folder, 'scoutsuite_results_damaged.js'), '');
  writeFileSync(join(folder, 'scoutsuite_results_but_not.js'), RESULTS);
});
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string) => join(folder, name);

describe('whose results a file holds', () => {
  test.each([
    ['deep/scoutsuite_results_acme.js', 'scoutsuite'],
    ['tiny_one.jsonl', 'tiny'],
    ['renamed.txt', 'scoutsuite'],
    ['scoutsuite_results_damaged.js', 'scoutsuite'],
    ['scoutsuite_results_but_not.js', 'tiny'],
    ['scoutsuite_results_missing.js', 'scoutsuite'],
  ])('%s is of %s', async (name, id) => {
    expect((await readerOf(readers, inFolder(name))).id).toBe(id);
  });

  test.each([
    ['\ufeff\r\nscoutsuite_results = {', 'scoutsuite'],
    ['{\n    "account_id": "111111111111"', 'scoutsuite'],
    ['{"kind":"head","tool":"tiny",', 'tiny'],
  ])('a file that begins with %j', async (text, id) => {
    const file = inFolder('whatever');
    writeFileSync(file, text);
    expect((await readerOf(readers, file)).id).toBe(id);
  });

  test('nobody knows the file: what each source reads is named', async () => {
    const remedy =
      'Name a file such as scoutsuite_results_*.js of ScoutSuite or *.ocsf.json of Prowler or tiny_*.jsonl of Tiny. ' +
      '--source says whose the file is.';
    await expect(readerOf(readers, inFolder('notes.txt'))).rejects.toMatchObject({
      type: 'results-invalid',
      message: `${inFolder('notes.txt')} holds results of no known source.`,
      remedy,
    });
  });

  test('a file that is not there, and one that may not be read', async () => {
    await expect(readerOf(readers, inFolder('nothing.txt'))).rejects.toMatchObject({
      type: 'results-missing',
      message: `${inFolder('nothing.txt')} does not exist.`,
      remedy: expect.stringContaining('tiny_*.jsonl of Tiny'),
    });
    await expect(readerOf(readers, folder)).rejects.toMatchObject({ type: 'results-missing' });
    // Root may read everything.
    if (process.getuid?.() === 0) return;
    writeFileSync(inFolder('secret'), RESULTS);
    chmodSync(inFolder('secret'), 0);
    await expect(readerOf(readers, inFolder('secret'))).rejects.toMatchObject({ type: 'results-missing' });
  });

  test('where one source is named, every file is its own', async () => {
    expect((await readerOf(readersOf(registry, 'tiny'), SCOUTSUITE)).id).toBe('tiny');
  });
});

describe('who may read', () => {
  test('every source with files to import, or the one that is named', () => {
    expect(readers.map(({ id }) => id)).toEqual(['scoutsuite', 'prowler', 'tiny']);
    expect(readersOf(registry, 'tiny').map(({ id }) => id)).toEqual(['tiny']);
  });

  test('not a source that only scans', () => {
    expect(() => readersOf(registry, 'mute')).toThrow(
      expect.objectContaining({ type: 'usage', remedy: 'Sources that do: scoutsuite, prowler, tiny.' }),
    );
    expect(() => readersOf(registry, 'nosuch')).toThrow(expect.objectContaining({ type: 'usage' }));
  });
});

describe('the files that paths mean', () => {
  test('a folder is what is called like results of anybody, in and below it', async () => {
    expect(await findResultsFiles(readers, [folder, 'missing.txt'])).toEqual([
      inFolder('deep/scoutsuite_results_acme.js'),
      inFolder('scoutsuite_results_but_not.js'),
      inFolder('scoutsuite_results_damaged.js'),
      inFolder('tiny_one.jsonl'),
      'missing.txt',
    ]);
    expect(await findResultsFiles(readersOf(registry, 'tiny'), [folder])).toEqual([
      inFolder('tiny_one.jsonl'),
    ]);
  });

  test('a folder without results tells what was looked for', async () => {
    const empty = inFolder('empty');
    mkdirSync(empty);
    await expect(findResultsFiles(readers, [empty])).rejects.toMatchObject({
      type: 'results-missing',
      message: `${empty} holds no scoutsuite_results_*.js or *.ocsf.json or tiny_*.jsonl file.`,
    });
  });
});
