import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { migrations } from '../migrations/index.ts';

const FOLDER = join(import.meta.dirname, '../migrations');
/** As `sha256sum` writes them. */
const RELEASED = linesOf('released.sha256').map((line) => {
  const [sha256 = '', file = ''] = line.split(/ [ *]/);
  return { file, sha256 };
});
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.ts') && file !== 'index.ts');
const MIGRATIONS = FILES.filter((file) => /^\d{13}-/.test(file));
const REMEDY =
  'databases have been through it already. Undo the change and write a new migration, as CONTRIBUTING.md says.';
/** What may be imported: it cannot change what a migration does. */
const CONSTANT = [
  /^import type .* from 'typeorm';$/,
  /^import \{ randomUUID \} from 'node:crypto';$/,
  /^import (type )?\{.*\} from '\.\/[\w-]+\.ts';$/,
];

describe('migrations', () => {
  test('that were released are as they were', () => {
    const changed = RELEASED.filter(({ file, sha256 }) => !FILES.includes(file) || hashOf(file) !== sha256);
    expect(changed.map(({ file }) => `${file}: ${REMEDY}`)).toEqual([]);
  });

  test.each(FILES)('import nothing that can change: %s', (file) => {
    const imports = linesOf(file).filter((line) => /\bimport\b|\brequire\(|^} from /.test(line));
    expect(imports.filter((line) => !CONSTANT.some((known) => known.test(line)))).toEqual([]);
  });

  test('that were released stand on nothing that was not', () => {
    const released = RELEASED.map(({ file }) => file);
    const used = released.flatMap((file) =>
      [...readFileSync(join(FOLDER, file), 'utf8').matchAll(/ from '\.\/(.*)';/g)].map(([, name]) => name),
    );
    expect(used.filter((file) => file === undefined || !released.includes(file))).toEqual([]);
  });

  test('are all listed, in the order of their times', () => {
    const times = migrations.map(({ name }) => name.slice(-13));
    expect(times).toEqual(MIGRATIONS.map((file) => file.slice(0, 13)).toSorted());
  });
});

function linesOf(file: string): string[] {
  return readFileSync(join(FOLDER, file), 'utf8').trimEnd().split('\n');
}

function hashOf(file: string): string {
  return createHash('sha256')
    .update(readFileSync(join(FOLDER, file)))
    .digest('hex');
}
