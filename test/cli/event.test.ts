import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCliHome, recorded } from '../support/cli.ts';

interface Listed {
  id: number;
  status: string;
  suppression?: { reason: string; owner: string | null; expiresAt: string | null; createdBy: string } | null;
}

const home = createCliHome();
afterAll(() => home.remove());

async function listed(...filter: string[]): Promise<Listed[]> {
  const { stdout } = await home.run(['event', 'list', '--limit', '0', '-o', 'jsonl', ...filter]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Listed);
}

describe('suppressing events', () => {
  beforeAll(async () => {
    expect((await home.run(['import', recorded('111111111111', 1)])).code).toBe(0);
  }, 30_000);

  test('takes them out of the active ones, with a reason, until it is taken back', async () => {
    const [first, second] = await listed('--status', 'active');
    const ids = [String(first?.id), String(second?.id)];
    const order = ['--reason', 'accepted for now', '--owner', 'platform', '--until', '30d'];
    const done = await home.run(['event', 'suppress', ...ids, '99999', ...order]);
    expect(done).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(
        /^2 events are suppressed\.\n1 of the given is not there or resolved\.\nIt ends at .*Z\.\n$/,
      ),
    });
    expect((await listed('--status', 'suppressed')).map(({ id }) => String(id))).toEqual(ids);
    expect((await listed('--status', 'active')).some(({ id }) => ids.includes(String(id)))).toBe(false);

    const { stdout } = await home.run(['event', 'show', ids[0] ?? '', '-o', 'json']);
    const shown = JSON.parse(stdout) as Listed;
    expect(shown).toMatchObject({
      status: 'suppressed',
      suppression: { reason: 'accepted for now', owner: 'platform', createdBy: expect.stringMatching(/./) },
    });
    const days = (Date.parse(String(shown.suppression?.expiresAt)) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);

    expect(await home.run(['event', 'unsuppress', ids[0] ?? ''])).toEqual({
      code: 0,
      stdout: '',
      stderr: '1 event is no longer suppressed.\n',
    });
    expect((await listed('--status', 'suppressed')).map(({ id }) => String(id))).toEqual(ids.slice(1));
  }, 60_000);

  test.each([
    [['suppress', '1'], "required option '--reason <text>'"],
    [['suppress', '--reason', 'x'], "missing required argument 'id'"],
    [['suppress', 'one', '--reason', 'x'], 'is not the id of an event'],
    [['suppress', '1', '--reason', 'x', '--until', 'soon'], 'how long from now'],
    [['suppress', '1', '--reason', 'x', '--until', '2020-01-01'], 'is not in the future'],
  ])(
    'event %j is wrong usage',
    async (args, message) => {
      const { code, stdout, stderr } = await home.run(['event', ...args]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(message);
    },
    20_000,
  );

  test('are told as a page for those who have no vedette', async () => {
    const { code, stdout } = await home.run(['event', 'list', '--service', 's3', '--report']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^<!doctype html>[^]*<h2>111111111111<\/h2>[^]*<h4>Why it matters<\/h4>[^]*<\/html>\n$/,
    );
    const events = await listed('--service', 's3');
    expect(stdout).toContain(`<h1>${events.length} events</h1>`);
    expect(stdout.match(/<td>active</g)?.length).toBe(events.length);
  }, 30_000);

  test('searches for any part of what resources and checks are called', async () => {
    const all = await listed();
    const found = await listed('--search', 'WITHOUT-mfa');
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(all.length);
    expect(await listed('--search', 'no such thing')).toEqual([]);
  }, 30_000);
});
