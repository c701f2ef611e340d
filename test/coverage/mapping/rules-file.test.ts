import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rulesOf } from '../../../src/coverage/mapping/rules-file.ts';
import type { GivenRule } from '../../../src/coverage/mapping/rules-file.ts';

const RULE =
  '{"id": "r1", "provider": "aws", "events": [{"source": "s3.amazonaws.com", "name": "DeleteBucket"}]}';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-rules-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(content: string): Promise<GivenRule[]> {
  const file = join(folder, 'rules.jsonl');
  writeFileSync(file, content);
  const rules: GivenRule[] = [];
  for await (const rule of rulesOf(file)) rules.push(rule);
  return rules;
}

describe('rules as JSON lines', () => {
  test.each([
    ['the last line without an end', `${RULE}\n${RULE}`, 2],
    ['a byte order mark, CR LF and empty lines', `\ufeff${RULE}\r\n\r\n${RULE}\r\n`, 2],
    ['lines across pieces of the file', `${RULE}\n`.repeat(2000), 2000],
    ['nothing', '', 0],
  ])('%s', async (_what, content, count) => {
    const rules = await read(content);
    expect(rules).toHaveLength(count);
    for (const rule of rules) expect(rule).toMatchObject({ id: 'r1', provider: 'aws' });
  });

  test.each<[string, string, RegExp]>([
    ['no JSON', `${RULE}\n{`, /line 2 is no JSON/],
    ['too little', '{"id": 1, "provider": "aws", "events": []}', /line 1: events: /],
    ['a line without end', `${RULE}\n${'x'.repeat(5_000_000)}`, /line 2 has more than 1048576 characters/],
  ])('%s is refused, with its line', async (_what, content, message) => {
    await expect(read(content)).rejects.toMatchObject({
      type: 'results-invalid',
      message: expect.stringMatching(message),
      remedy: expect.stringContaining('Each line is like'),
    });
  });

  test('a file that is not there', async () => {
    await expect(rulesOf(join(folder, 'none')).next()).rejects.toMatchObject({ type: 'results-missing' });
  });
});
