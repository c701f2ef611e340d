import { setTimeout as sleep } from 'node:timers/promises';
import { liveAccounts } from '../client/runs.ts';
import type { RunningAccount } from '../client/runs.ts';
import type { Temporal } from '../client/temporal.ts';
import { printable } from '../text/printable.ts';
import { LiveBlock } from './output/live-block.ts';
import { stderrOnTerminal, tell } from './output/write.ts';

const POLL_MS = 500;

/**
 * Shows a run's accounts until `ended` settles: on a terminal the running ones in place with stage, time and the
 * scanner's last line; piped, a line whenever an account enters another stage. What goes wrong here only delays
 * the display, never the run.
 */
export async function followRun(
  temporal: Temporal,
  run: { runId: string; source: string },
  ended: Promise<unknown>,
): Promise<void> {
  const display = stderrOnTerminal() ? new LiveDisplay() : new PlainDisplay();
  const over = ended.then(
    () => true,
    () => true,
  );
  const poll = async (): Promise<void> => {
    const accounts = await liveAccounts(temporal, run.runId, run.source).catch(() => null);
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

interface Display {
  show(accounts: readonly RunningAccount[]): void;
  close(): void;
}

class PlainDisplay implements Display {
  readonly #said = new Map<string, string>();

  show(accounts: readonly RunningAccount[]): void {
    for (const account of accounts) {
      const text = plainText(account);
      if (text === null || this.#said.get(account.profile) === text) continue;
      this.#said.set(account.profile, text);
      tell(`[${printable(account.profile)}] ${printable(text)}`);
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
      if (account.state !== 'ended' || this.#ended.has(account.profile)) continue;
      this.#ended.add(account.profile);
      this.#block.print(`${account.outcome === 'success' ? '✓' : '✗'} ${endedText(account)}`);
    }
    const running = accounts.filter(({ state }) => state === 'running');
    const overview = `${this.#ended.size} of ${accounts.length} accounts done`;
    this.#block.redraw([...running.map(runningText), overview]);
  }

  close(): void {
    this.#block.redraw([]);
  }
}

function endedText({ profile, outcome, note }: RunningAccount): string {
  return [profile, outcome, note]
    .filter((part) => part !== null)
    .map(printable)
    .join(': ');
}

function runningText({ profile, stage, stageStartedAt, note }: RunningAccount): string {
  const seconds =
    stageStartedAt === null ? 0 : Math.max(0, Math.round((Date.now() - Date.parse(stageStartedAt)) / 1000));
  const parts = [
    printable(profile),
    stage ?? 'starting',
    `${seconds} s`,
    note === null ? '' : printable(note),
  ];
  return `⠿ ${parts.filter((part) => part !== '').join('  ')}`;
}
