import { reportOf } from '../../errors.ts';
import { excerpt, printable } from '../../text/printable.ts';
import { tell } from './write.ts';

type Work<Result> = (onProgress: (line: string) => void) => Promise<Result>;

export interface Step {
  title: string;
  work: Work<unknown>;
  /** One that can be done without. */
  optional?: boolean;
}

export interface Steps {
  /** Does one step and tells what it was, what came of it and how long it took. */
  step<Result>(title: string, work: Work<Result>, describe?: (result: Result) => string): Promise<Result>;
  /**
   * Does several series of steps side by side. A step that fails ends its series, unless it can be done without; the other
   * series go on to their end, for what is done is kept. Of each failure it is told why.
   *
   * @throws the last failure of a step that cannot be done without
   */
  together(series: readonly (readonly Step[])[]): Promise<void>;
}

const PROGRESS_EVERY_MS = 5000;

/** Steps that take a while, told on stderr: each on lines of its own, one every few seconds while it runs. */
export function steps(signal: AbortSignal): Steps {
  async function step<Result>(
    title: string,
    work: Work<Result>,
    describe?: (result: Result) => string,
  ): Promise<Result> {
    const started = performance.now();
    const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
    let now = '';
    tell(`  … ${title}`);
    const ticking = setInterval(() => tell(`  … ${title}: ${now}(${seconds()})`), PROGRESS_EVERY_MS);
    const result = await work((line) => {
      now = `${excerpt(line, 100)} `;
    }).finally(() => clearInterval(ticking));
    tell(`✓ ${title}${describe === undefined ? '' : `: ${printable(describe(result))}`} (${seconds()})`);
    return result;
  }

  return {
    step,
    async together(series) {
      const failures: { title: string; error: unknown }[] = [];
      const explain = (mark: string, title: string, error: unknown): void => {
        const { message, remedy } = reportOf(error);
        tell(`${mark} ${title}: ${printable(message)} ${printable(remedy)}`);
      };
      const inOrder = async (ordered: readonly Step[]): Promise<void> => {
        for (const { title, work, optional = false } of ordered) {
          try {
            await step(title, work, String);
          } catch (error) {
            if (signal.aborted) return;
            if (optional) {
              explain('–', title, error);
              continue;
            }
            tell(`✗ ${title} failed`);
            failures.push({ title, error });
            return;
          }
        }
      };
      await Promise.all(series.map(inOrder));
      signal.throwIfAborted();
      // It is the caller's to tell of the one that is thrown.
      const last = failures.pop();
      for (const { title, error } of failures) explain('✗', title, error);
      if (last !== undefined) throw last.error;
    },
  };
}
