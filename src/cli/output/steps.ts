import { reportOf } from '../../errors.ts';
import { excerpt, printable } from '../../text/printable.ts';
import { LiveBlock } from './live-block.ts';
import { stderrOnTerminal, tell } from './write.ts';

type Work<Result> = (onProgress: (line: string) => void) => Promise<Result>;

export interface Steps {
  /** Does one step and tells what it was, what came of it and how long it took. */
  step<Result>(title: string, work: Work<Result>, describe?: (result: Result) => string): Promise<Result>;
  /** The same for a step that can be done without: tells why it failed, and answers null. */
  attempt<Result>(
    title: string,
    work: Work<Result>,
    describe?: (result: Result) => string,
  ): Promise<Result | null>;
}

const PROGRESS_EVERY_MS = 5000;

/** Steps that take a while, told on stderr; with a line now and then while one runs. */
export function steps(signal: AbortSignal): Steps {
  async function step<Result>(
    title: string,
    work: Work<Result>,
    describe?: (result: Result) => string,
  ): Promise<Result> {
    const started = performance.now();
    const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
    let told = started;
    let over = false;
    const block = stderrOnTerminal() ? new LiveBlock() : undefined;
    block?.redraw([`  … ${title}`]);
    const working = work((line) => {
      if (over || performance.now() - told < PROGRESS_EVERY_MS) return;
      told = performance.now();
      const text = `  … ${title}: ${excerpt(line, 100)} (${seconds()})`;
      if (block === undefined) tell(text);
      else block.redraw([text]);
    });
    const result = await working.finally(() => {
      over = true;
      block?.close();
    });
    tell(`✓ ${title}${describe === undefined ? '' : `: ${printable(describe(result))}`} (${seconds()})`);
    return result;
  }
  return {
    step,
    async attempt(title, work, describe) {
      try {
        return await step(title, work, describe);
      } catch (error) {
        if (signal.aborted) throw error;
        const { message, remedy } = reportOf(error);
        tell(`– ${title}: ${printable(message)} ${printable(remedy)}`);
        return null;
      }
    },
  };
}
