import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { importResults } from '../src/import-results.ts';
import type { ScanOutcome } from '../src/model/scan.ts';
import { packageRoot } from '../src/package-root.ts';
import { sources } from '../src/sources/registry.ts';
import type { Store } from '../src/store/database/store.ts';
import { listEvents } from '../src/store/events/events.ts';
import { listFindings } from '../src/store/scans/findings.ts';
import { listScans } from '../src/store/scans/scans.ts';
import { recorded } from './support/cli.ts';
import { createDatabase, DATABASES, workContext } from './support/stores.ts';
import type { TestDatabase } from './support/stores.ts';

const ALL = { organizationId: 'default' };
const PAGE = { limit: 100 };

describe.each(DATABASES)('imported results on %s', (kind) => {
  let folder: string;
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vedette-reports-'));
    cpSync(join(packageRoot(), 'test', 'fixtures', 'reports'), folder, { recursive: true });
    database = createDatabase(kind);
    store = await database.open();
  });
  afterEach(async () => {
    await database.remove();
    rmSync(folder, { recursive: true });
  });

  const report = (...path: string[]) => join(folder, ...path);

  async function bring(...path: string[]): Promise<ScanOutcome> {
    const { config } = database;
    return importResults(report(...path), sources.byId('scoutsuite'), { store, config }, workContext());
  }

  async function refused(...path: string[]): Promise<{ message: string; remedy: string }> {
    const failure = await bring(...path).then(
      () => undefined,
      (error: unknown) => error as { type: string; message: string; remedy: string },
    );
    expect(failure).toMatchObject({ type: 'results-invalid' });
    expect((await listScans(store, ALL, PAGE)).scans).toEqual([]);
    return failure as { message: string; remedy: string };
  }

  test('a scan of a time that has not come yet is refused, and hides no later one', async () => {
    const { message, remedy } = await refused('clock-ahead', 'scoutsuite_results_ahead.js');
    expect(message).toContain('2999-');
    expect(remedy).toContain('clock');
    const right = await bring('clock-ahead', 'scoutsuite_results_right.js');
    expect(right).toMatchObject({ status: 'recorded', events: { new: 4 } });
  });

  test.each(['flagged', 'version', 'year'])('a %s that no column can hold is refused', async (value) => {
    const { message } = await refused('too-large-values', `scoutsuite_results_${value}.js`);
    const said = { flagged: '3000000000', version: 'version of 300', year: '9999' }[value] ?? '';
    expect(message).toMatch(value === 'version' ? /version of \d+ characters/ : new RegExp(said));
  });

  test('a check that stands twice is refused', async () => {
    const { message } = await refused('twice-the-same-check', 'scoutsuite_results_1.js');
    expect(message).toContain('services.s3.findings.s3-bucket-no-logging twice');
  });

  test('names that differ by a blank at the end are different names', async () => {
    expect(await bring('trailing-space', 'scoutsuite_results_1.js')).toMatchObject({
      findings: { total: 2 },
      events: { total: 2, new: 2 },
    });
    const { findings } = await listFindings(store, ALL, PAGE);
    expect(findings.map(({ checkId }) => checkId).toSorted()).toEqual(['c', 'c ']);
    const links = await store.read<{ check_id: string; finding_id: string }>(
      `SELECT e.check_id, f.finding_id
        FROM scout_event_findings l
        JOIN scout_events e ON e.id = l.event_id
        JOIN scout_findings f ON f.id = l.finding_id`,
    );
    expect(links.every(({ check_id: event, finding_id: finding }) => event === finding)).toBe(true);
    expect(links).toHaveLength(2);
  });

  test('names that differ in half a character are two resources', async () => {
    const results = readFileSync(recorded('222222222222', 1), 'utf8');
    writeFileSync(
      report('results.js'),
      results.replaceAll('globex-logs', 'twin-\\ud800').replaceAll('globex-public-policy', 'twin-\\ud801'),
    );
    expect(await bring('results.js')).toMatchObject({ status: 'recorded' });
    const { events } = await listEvents(store, ALL, { limit: 10_000 });
    const twins = events.filter(({ resourceName }) => resourceName?.startsWith('twin-'));
    const checks = [...new Set(twins.map(({ checkId }) => checkId))];
    const names = checks.map((check) =>
      twins
        .flatMap(({ checkId, resourceName }) => (checkId === check ? [resourceName ?? ''] : []))
        .toSorted(),
    );
    expect(names).toContainEqual(['twin-\uFFFDd800', 'twin-\uFFFDd801']);
  });

  test('other content of the same second is another scan; the same content, written anew, is a duplicate', async () => {
    const first = await bring('same-second', 'scoutsuite_results_1.js');
    const second = await bring('same-second', 'scoutsuite_results_2.js');
    expect([first, second]).toMatchObject([
      { status: 'recorded', events: { new: 1 } },
      { status: 'recorded', events: { new: 1, resolved: 0 } },
    ]);
    expect((await listEvents(store, ALL, PAGE)).events.map(({ status }) => status)).toEqual([
      'active',
      'active',
    ]);
    const file = report('same-second', 'scoutsuite_results_1.js');
    const [, json = ''] = readFileSync(file, 'utf8').split('=\n');
    writeFileSync(file, JSON.stringify(JSON.parse(json), null, 2));
    const again = [
      await bring('same-second', 'scoutsuite_results_1.js'),
      await bring('same-second', 'scoutsuite_results_2.js'),
    ];
    expect(again).toMatchObject([
      { status: 'duplicate', scanId: first.scanId },
      { status: 'duplicate', scanId: second.scanId },
    ]);
  });

  test('items that cannot be read, or are missing, are not fixed', async () => {
    await bring('cut-items', 'scoutsuite_results_1.js');
    const unreadable = await bring('cut-items', 'scoutsuite_results_2.js');
    const missing = await bring('cut-items', 'scoutsuite_results_3.js');
    expect([unreadable, missing]).toMatchObject([
      { status: 'partial', events: { still: 1, resolved: 0, unverified: 1 } },
      { status: 'partial', events: { still: 0, resolved: 0, unverified: 2 } },
    ]);
    expect(missing.warnings).toEqual([expect.stringContaining('s3-bucket-no-logging')]);
  });

  describe('errors beside results of other names', () => {
    const SEEN = { new: 0, still: 2, resolved: 0, unverified: 1 };
    const FOLDER = 'errors-beside-other-names';

    beforeEach(() => bring(FOLDER, 'scoutsuite_results_first.js'));

    async function expectHeeded(...path: string[]): Promise<void> {
      const outcome = await bring(...path);
      expect(outcome).toMatchObject({ status: 'partial', events: SEEN });
      expect(outcome.warnings.join('\n')).toContain('sns');
    }

    test('converted', () => expectHeeded(FOLDER, 'scoutsuite_results_second.json'));

    test('written anew', async () => {
      const errors = report(FOLDER, 'resaved', 'scoutsuite_errors_second.json');
      const before = new Date(Date.now() - 20 * 60_000);
      utimesSync(errors, before, before);
      await expectHeeded(FOLDER, 'resaved', 'scoutsuite_results_second.js');
    });

    test('renamed', async () => {
      cpSync(report(FOLDER, 'resaved'), report('renamed'), { recursive: true });
      cpSync(report('renamed', 'scoutsuite_results_second.js'), report('renamed', 'mine.js'));
      rmSync(report('renamed', 'scoutsuite_results_second.js'));
      await expectHeeded('renamed', 'mine.js');
    });

    test('copied beside the original', async () => {
      const copy = ['resaved', 'scoutsuite_results_pretty.js'];
      cpSync(report(FOLDER, 'resaved', 'scoutsuite_results_second.js'), report(FOLDER, ...copy));
      await expectHeeded(FOLDER, ...copy);
    });

    test('of an earlier scan: told, not used', async () => {
      const errors = report(FOLDER, 'scoutsuite_errors_second.json');
      utimesSync(errors, new Date(0), new Date(0));
      const outcome = await bring(FOLDER, 'scoutsuite_results_second.json');
      expect(outcome.events).toMatchObject({ resolved: 1, unverified: 0 });
      expect(outcome.warnings).toEqual([expect.stringContaining('is older than this scan')]);
    });

    test('a pipe or a link out of the folder is not read, and nothing counts as fixed', async () => {
      const errors = report(FOLDER, 'scoutsuite_errors_second.json');
      rmSync(errors);
      writeFileSync(report('secret'), 'the private words');
      symlinkSync(report('secret'), errors);
      const linked = await bring(FOLDER, 'scoutsuite_results_second.json');
      expect(linked).toMatchObject({ events: { resolved: 0, unverified: 1 } });
      expect(linked.warnings).toEqual([expect.stringContaining('is a link that leads out of its folder')]);

      rmSync(report(FOLDER, 'resaved', 'scoutsuite_errors_second.json'));
      execFileSync('mkfifo', [report(FOLDER, 'resaved', 'scoutsuite_errors_second.json')]);
      const piped = await bring(FOLDER, 'resaved', 'scoutsuite_results_second.js');
      expect(piped.events.resolved).toBe(0);
    });

    test('a file that is not JSON: its content is not told', async () => {
      writeFileSync(report(FOLDER, 'scoutsuite_errors_second.json'), 'the private words');
      const { warnings } = await bring(FOLDER, 'scoutsuite_results_second.json');
      expect(warnings).toEqual([expect.stringContaining('is not valid JSON')]);
      expect(warnings.join('')).not.toContain('private');
    });
  });

  test('what ScoutSuite was told to hide is not fixed', async () => {
    await bring('cut-items', 'scoutsuite_results_1.js');
    const file = report('cut-items', 'scoutsuite_results_2.js');
    writeFileSync(
      file,
      readFileSync(file, 'utf8')
        .replace('["s3.buckets.b1", 17]', '["s3.buckets.b1"]')
        .replace('"flagged_items": 2', '"flagged_items": 1'),
    );
    const hidden = { s3: { 's3-bucket-no-logging': ['s3.buckets.b2'] } };
    writeFileSync(
      report('cut-items', 'scoutsuite_exceptions_2.js'),
      `exceptions =\n${JSON.stringify(hidden)}\n`,
    );
    const outcome = await bring('cut-items', 'scoutsuite_results_2.js');
    expect(outcome).toMatchObject({ events: { still: 1, resolved: 0, unverified: 1 } });
    expect(outcome.warnings).toEqual([expect.stringContaining('told to hide 1 item')]);
  });

  test('data that `scout --update` kept of an earlier run is not of this one', async () => {
    const file = report('same-second', 'scoutsuite_results_1.js');
    const text = readFileSync(file, 'utf8');
    await bring('same-second', 'scoutsuite_results_1.js');
    const later = text.replace('12:00:00', '13:00:00').replace('"items": ["s3.buckets.b1"]', '"items": []');
    writeFileSync(
      file,
      later
        .replace('"flagged_items": 1', '"flagged_items": 0')
        .replace('"run_parameters": {"services": []', '"run_parameters": {"services": ["iam"]')
        .replace('"service_list": ["s3"]', '"service_list": ["iam", "s3"]'),
    );
    const outcome = await bring('same-second', 'scoutsuite_results_1.js');
    expect(outcome.events).toMatchObject({ total: 0, resolved: 0, unverified: 1 });
    expect(outcome.warnings).toEqual([expect.stringContaining('of an earlier run')]);
  });
});
