import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { reportOf } from '../../src/errors.ts';
import { loadConfig } from '../../src/settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a command that is run in the folder is told. */
function refusal(): string {
  try {
    loadConfig({}, folder, {});
    return 'none';
  } catch (error) {
    return reportOf(error).message;
  }
}

// A command that is run in a folder of somebody else must not wait for a pipe there, nor read a device without end.
describe.each(['.env', 'vedette.yaml'])('%s of a foreign folder', (name) => {
  test('is refused by name when it is a device', () => {
    symlinkSync('/dev/null', join(folder, name));
    expect(refusal()).toBe(`${join(folder, name)} is not a regular file.`);
  });

  test('is refused by name when it is a folder', () => {
    mkdirSync(join(folder, name));
    expect(refusal()).toBe(`${join(folder, name)} is not a regular file.`);
  });

  test('is refused when it is larger than anybody writes', () => {
    writeFileSync(join(folder, name), '');
    truncateSync(join(folder, name), 1024 * 1024 + 1);
    expect(refusal()).toContain('has 1048577 bytes; at most 1048576 are read');
  });

  test('may be a link to a regular file', () => {
    writeFileSync(join(folder, 'elsewhere'), '# nothing\n');
    symlinkSync(join(folder, 'elsewhere'), join(folder, name));
    expect(refusal()).toBe('none');
  });
});
