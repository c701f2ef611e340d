import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { ensureTemporal } from '../../src/embedded/temporal-executable.ts';
import { packageRoot } from '../../src/package-root.ts';
import { loadConfig } from '../../src/settings.ts';
import { startBrowser } from './browser.ts';
import { createCliHome, recorded, until } from './cli.ts';
import type { CliHome } from './cli.ts';
import { writeHostileResults } from './hostile-results.ts';

/** What the pages looked like; a build may keep it. */
const SCREENSHOTS = join(packageRoot(), 'coverage', 'screenshots');
const FIRST_PORT = 27_333;
const LIFETIME_MS = 480_000;
const MOST_MS = 10_000;

/** Profiles of the stack of the tests. */
export const PROFILES = {
  production: {
    recorded_account: '111111111111',
    sso_account_id: '111111111111',
    recorded_scan: '3',
    recorded_delay_seconds: '2',
  },
  staging: {
    recorded_account: '222222222222',
    sso_account_id: '222222222222',
    recorded_scan: '3',
    recorded_delay_seconds: '2',
  },
  sandbox: { sso_account_id: '333333333333', recorded_exit_code: '101' },
  endless: { sso_account_id: '444444444444', recorded_hang: 'true' },
};

/** `vedette up` with imported scans in its database, and a browser. */
export interface Dashboard {
  home: CliHome;
  /** Where it listens. */
  url: string;
  /** The link that `up` printed, which signs in once. */
  link: string;
  browser: Browser;
  /** A visitor who has not signed in; all close with the dashboard. */
  visit(options?: VisitOptions): Promise<Visit>;
  /** One who has, as an administrator. */
  signedIn(options?: VisitOptions): Promise<Visit>;
  /** What the command prints as JSON. */
  ask<Answer>(...args: readonly string[]): Promise<Answer>;
  stop(): Promise<void>;
}

export interface VisitOptions {
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
  /** Scripts and styles of a test run in the page, whatever its policy for content says. */
  bypassCSP?: boolean;
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** Errors and violations of the policy for content, as the browser told of them. */
  problems: string[];
}

interface Contents {
  /** What recorded-scout.js does for each profile. */
  profiles: Parameters<CliHome['profiles']>[0];
  /** The first of its ports; files of tests run beside each other, each needs its own. */
  firstPort?: number;
  /** Puts into the database what is there from the beginning. */
  fill: (home: CliHome) => Promise<void>;
}

export async function startDashboard(contents: Contents = OF_TESTS): Promise<Dashboard> {
  const { profiles, fill, firstPort = FIRST_PORT } = contents;
  const home = createCliHome({
    TEMPORAL_CLI: await ensureTemporal(loadConfig().config),
    VEDETTE_TEMPORAL_PORT: String(firstPort),
    VEDETTE_TEMPORAL_UI_PORT: String(firstPort + 1000),
    VEDETTE_API_ADDRESS: `127.0.0.1:${firstPort + 1}`,
    // Many pages in little time, all from one address.
    VEDETTE_API_RATE_LIMIT: '100000',
  });
  home.profiles(profiles);
  const [browser] = await Promise.all([startBrowser(), fill(home)]);
  const up = home.start(['up'], {}, LIFETIME_MS);
  await until(() => up.told().includes('Ready.'), 'vedette up', 40_000);
  const link = linkIn(up.told());
  const { origin: url } = new URL(link);
  let session: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;

  async function visit(options: VisitOptions = {}): Promise<Visit> {
    return watched(await browser.newContext({ ...options, baseURL: url, locale: 'en-GB' }));
  }

  return {
    home,
    url,
    link,
    browser,
    visit,
    async signedIn(options = {}) {
      if (session === undefined) {
        const { context, page } = await visit();
        await page.goto(linkIn((await home.run(['token', 'link'])).stdout));
        await page.getByRole('heading', { name: 'Overview' }).waitFor();
        session = await context.storageState();
        await context.close();
      }
      const { cookies } = session;
      const visitor = await visit(options);
      await visitor.context.addCookies(cookies);
      return visitor;
    },
    async ask<Answer>(...args: readonly string[]) {
      const { code, stdout, stderr } = await home.run([...args, '-o', 'json']);
      if (code !== 0 && stdout === '') throw new Error(`vedette ${args.join(' ')}: ${code}: ${stderr}`);
      return JSON.parse(stdout) as Answer;
    },
    async stop() {
      await browser.close();
      up.child.kill('SIGINT');
      const { code } = await up.ended;
      home.remove();
      if (code !== 0) throw new Error(`vedette up ended with ${code}: ${up.told()}`);
    },
  };
}

async function importScans(home: CliHome): Promise<void> {
  const hostile = join(home.folder, 'scoutsuite_results_hostile.js');
  writeHostileResults(hostile);
  const files = ['111111111111', '222222222222'].flatMap((account) =>
    [1, 2].map((n) => recorded(account, n)),
  );
  const { code, stderr } = await home.run(['import', ...files, hostile]);
  if (code !== 0) throw new Error(stderr);
}

const OF_TESTS: Contents = { profiles: PROFILES, fill: importScans };

function linkIn(text: string): string {
  const [link] = /http:\S+#code=\S+/.exec(text) ?? [];
  if (link === undefined) throw new Error(`There is no link in: ${text}`);
  return link;
}

async function watched(context: BrowserContext): Promise<Visit> {
  context.setDefaultTimeout(MOST_MS);
  const problems: string[] = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  context.on('weberror', (error) => problems.push(String(error.error())));
  return { context, page: await context.newPage(), problems };
}

/** Looks again until the expectations hold; when they do not for ten seconds, fails as they do. */
export async function eventually(expectations: () => Promise<void>, mostMs = MOST_MS): Promise<void> {
  for (const deadline = Date.now() + mostMs; Date.now() < deadline;) {
    try {
      return await expectations();
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  }
  return expectations();
}

/** Chooses a page in the navigation. */
export function goTo(page: Page, name: string): Promise<void> {
  return page.getByRole('navigation', { name: 'Dashboard' }).getByRole('link', { name }).click();
}

/** The rows of a table, without its head. */
export function rowsOf(page: Page, table: string): Locator {
  return page.getByRole('table', { name: table }).locator('tbody').getByRole('row');
}

/** The texts of one column, numbered from 0. */
export function columnOf(page: Page, table: string, column: number): Promise<string[]> {
  return rowsOf(page, table)
    .locator(`:scope > :nth-child(${column + 1})`)
    .allInnerTexts();
}

export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
