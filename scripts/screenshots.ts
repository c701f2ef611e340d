/**
 * Makes the pictures in docs/images: a dashboard on the recorded scans that ship with vedette, dated over the last six
 * weeks, as if four accounts had been scanned again and again.
 *
 *     npm run screenshots
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { packageRoot } from '../src/package-root.ts';
import { recorded } from '../test/support/cli.ts';
import type { CliHome } from '../test/support/cli.ts';
import { eventually, rowsOf, startDashboard } from '../test/support/dashboard.ts';
import type { Dashboard } from '../test/support/dashboard.ts';

const IMAGES = join(packageRoot(), 'docs', 'images');
const VIEWPORT = { width: 1440, height: 900 };
const DAY_MS = 86_400_000;

type Recorded = '111111111111' | '222222222222';

interface Account {
  profile: string;
  accountId: string;
  /** Whose recorded scans it has. */
  like: Recorded;
  /** How many days ago it was scanned, and which recorded scan that brought. */
  scans: readonly (readonly [daysAgo: number, recordedScan: number])[];
  /** Which one a scan brings now. */
  now: string;
}

const ACCOUNTS: readonly Account[] = [
  {
    profile: 'acme-production',
    accountId: '111111111111',
    like: '111111111111',
    scans: [
      [41, 1],
      [27, 2],
      [20, 3],
      [12, 2],
      [5, 3],
    ],
    now: '2',
  },
  {
    profile: 'acme-shared',
    accountId: '333333333333',
    like: '111111111111',
    scans: [
      [38, 1],
      [25, 2],
      [16, 1],
      [8, 2],
      [2, 3],
    ],
    now: '3',
  },
  {
    profile: 'globex-production',
    accountId: '222222222222',
    like: '222222222222',
    scans: [
      [35, 1],
      [22, 2],
      [14, 1],
      [9, 2],
      [1, 2],
    ],
    now: '3',
  },
  {
    profile: 'globex-staging',
    accountId: '444444444444',
    like: '222222222222',
    scans: [
      [33, 1],
      [18, 2],
      [11, 1],
      [6, 2],
      [3, 1],
    ],
    now: '1',
  },
];
/** One whose credentials have run out. */
const SANDBOX = { 'initech-sandbox': { sso_account_id: '555555555555', recorded_exit_code: '101' } };

/** What recorded-scout.js does for each profile, and differently for some. */
function profilesWith(different: Record<string, Record<string, string>> = {}) {
  const profiles = ACCOUNTS.map(({ profile, accountId, like, now }) => [
    profile,
    { sso_account_id: accountId, recorded_account: like, recorded_scan: now, ...different[profile] },
  ]);
  return { ...Object.fromEntries(profiles), ...SANDBOX } as Record<string, Record<string, string>>;
}

function writeScan(file: string, account: Account, daysAgo: number, number: number): void {
  const time = new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 11).replace('T', ' ');
  const text = readFileSync(recorded(account.like, number), 'utf8')
    .replace(/"time": "[^"]*"/, `"time": "${time}02:30:00+0000"`)
    .replaceAll(account.like, account.accountId);
  writeFileSync(file, text);
}

async function fill(home: CliHome): Promise<void> {
  const reports = join(home.folder, 'reports');
  mkdirSync(reports);
  for (const account of ACCOUNTS) {
    for (const [daysAgo, number] of account.scans) {
      const name = `scoutsuite_results_aws-${account.accountId}-${100 - daysAgo}.js`;
      writeScan(join(reports, name), account, daysAgo, number);
    }
  }
  await make(home, ['import', reports]);
  await suppressSome(home);
}

async function suppressSome(home: CliHome): Promise<void> {
  const list = await make(home, ['event', 'list', '--check', 's3-bucket-no-mfa-delete', '-o', 'json']);
  const { events } = JSON.parse(list) as { events: { id: number }[] };
  const why = ['--reason', 'Buckets of build artefacts: accepted', '--owner', 'platform', '--until', '90d'];
  await make(home, ['event', 'suppress', ...events.map(({ id }) => String(id)), ...why]);
}

/** What the command prints; it must succeed. */
async function make(home: CliHome, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await home.run(args);
  if (code !== 0) throw new Error(`vedette ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** All profiles that can sign in have been scanned today; then a second run is under way. */
async function startRuns({ home }: Dashboard): Promise<string> {
  const scanned = ACCOUNTS.map(({ profile }) => profile).join(',');
  await make(home, ['scan', 'run', '--account', scanned, '--concurrency', '2', '--initial']);
  await make(home, ['schedule', 'create', 'nightly', '--cron', '30 2 * * *', '--all']);
  const slow = { recorded_delay_seconds: '60' };
  home.profiles(profilesWith({ 'acme-shared': slow, 'globex-production': slow }));
  return (await make(home, ['scan', 'run', '--all', '--concurrency', '2', '--detach'])).trim();
}

async function keep(page: Page, name: string): Promise<void> {
  // The place that is kept free for a scroll bar is empty here.
  await page.addStyleTag({ content: 'html { scrollbar-gutter: auto !important; }' });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
}

const dashboard = await startDashboard({ profiles: profilesWith(), fill });
try {
  mkdirSync(IMAGES, { recursive: true });
  const { page } = await dashboard.signedIn({ viewport: VIEWPORT, colorScheme: 'light', bypassCSP: true });
  const runId = await startRuns(dashboard);
  await page.goto(`/runs/${runId}`);
  await eventually(async () => {
    await page.getByText('1 of 5 accounts done').waitFor({ timeout: 1000 });
    const fetching = rowsOf(page, 'Accounts of the run').getByText('Fetching resources');
    if ((await fetching.count()) < 2) throw new Error('The scans are not under way yet.');
  }, 25_000);
  await keep(page, 'run');

  await page.goto('/');
  await page.getByRole('table', { name: 'Worst checks' }).waitFor();
  await keep(page, 'overview');

  await page.goto('/events?by=check');
  await page.getByRole('table', { name: 'Events by check' }).waitFor();
  await keep(page, 'events-by-check');

  await page.goto('/accounts');
  await page.getByRole('table', { name: 'Accounts' }).waitFor();
  await keep(page, 'accounts');

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/events?status=active&sort=-level');
  await page.getByRole('rowheader').nth(2).getByRole('link').click();
  await page.getByRole('heading', { name: 'History' }).waitFor();
  await keep(page, 'event');
} finally {
  await dashboard.stop();
}
