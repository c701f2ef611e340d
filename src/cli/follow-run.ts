import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from '../client/place.ts';
import { liveAccounts } from '../client/runs.ts';
import type { RunningAccount } from '../client/runs.ts';
import { printable } from '../text/printable.ts';
import { LiveBlock } from './output/live-block.ts';
import { stderrOnTerminal, tell } from './output/write.ts';

const POLL_MS = 500;

/**
 * Shows a run's accounts until `ended` settles: on a terminal the running ones in place with stage, time and the
 * scanner's last line; piped, a line whenever an account enters another stage. What goes wrong here only delays
 * the display, never the run.
 */
export async function followRun(place: Place, runId: string, ended: Promise<unknown>): Promise<void> {
  const display = stderrOnTerminal() ? new LiveDisplay() : new PlainDisplay();
  const over = ended.then(
    () => true,
    () => true,
  );
  const poll = async (): Promise<void> => {
    const accounts = await liveAccounts(place, runId).catch(() => null);
    if (accounts !== null) display.show(accounts);
  };
  try {
    do await poll();
    while (!(await Promise.race([over, sleep(POLL_MS, false)])));
    await poll();
  } finally {
    display.close();
  }
}

/** The account of a scan; also its source, where the run has several. Printable. */
export function scanName(
  { profile, source }: Pick<RunningAccount, 'profile' | 'source'>,
  all: readonly Pick<RunningAccount, 'source'>[],
): string {
  const several = all.some((other) => other.source !== source);
  return several ? `${printable(profile)} [${printable(source)}]` : printable(profile);
}

interface Display {
  show(accounts: readonly RunningAccount[]): void;
  close(): void;
}

class PlainDisplay implements Display {
  readonly #said = new Map<string, string>();

  show(accounts: readonly RunningAccount[]): void {
    for (const account of accounts) {
      const text = plainText(account);
      const name = scanName(account, accounts);
      if (text === null || this.#said.get(name) === text) continue;
      this.#said.set(name, text);
      tell(`[${name}] ${printable(text)}`);
    }
  }

  close(): void {}
}

/** The scanner's own lines are left out: piped, they would be too many. A step that is tried again is told. */
function plainText({ state, stage, outcome, note }: RunningAccount): string | null {
  if (state === 'waiting') return null;
  if (state === 'ended') return [outcome ?? 'ended', note].filter((part) => part !== null).join(': ');
  if (stage === null) return null;
  return note?.startsWith('attempt ') === true ? `${stage} (${note})` : stage;
}

class LiveDisplay implements Display {
  readonly #block = new LiveBlock();
  readonly #ended = new Set<string>();

  show(accounts: readonly RunningAccount[]): void {
    for (const account of accounts) {
      const name = scanName(account, accounts);
      if (account.state !== 'ended' || this.#ended.has(name)) continue;
      this.#ended.add(name);
      tell(`${account.outcome === 'success' ? '✓' : '✗'} ${endedText(name, account)}`);
    }
    const running = accounts.filter(({ state }) => state === 'running');
    const several = new Set(accounts.map(({ source }) => source)).size > 1;
    const overview = `${this.#ended.size} of ${accounts.length} ${several ? 'scans' : 'accounts'} done`;
    this.#block.redraw([
      ...running.map((account) => runningText(scanName(account, accounts), account)),
      overview,
    ]);
  }

  close(): void {
    this.#block.close();
  }
}

function endedText(name: string, { outcome, note }: RunningAccount): string {
  const rest = [outcome, note].filter((part) => part !== null);
  return [name, ...rest.map(printable)].join(': ');
}

function runningText(name: string, { stage, stageStartedAt, note, parts }: RunningAccount): string {
  const seconds =
    stageStartedAt === null ? 0 : Math.max(0, Math.round((Date.now() - Date.parse(stageStartedAt)) / 1000));
  const running = parts.filter(({ state }) => state === 'running').map(({ label }) => label);
  const texts = [note, running.length === 0 ? null : `now ${running.join(', ')}`];
  const words = [name, stage ?? 'starting', `${seconds} s`, ...texts.map((text) => printable(text ?? ''))];
  return `⠿ ${words.filter((part) => part !== '').join('  ')}`;
}
