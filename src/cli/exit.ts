import { exitCodeOf, reportOf, VedetteError } from '../errors.ts';
import { printable } from '../text/printable.ts';
import { tell } from './output/write.ts';

/** Says what went wrong and what to do about it; the stack only for `--debug`. */
export function fail(error: unknown, debug: boolean): void {
  const { message, remedy } = reportOf(error);
  tell(`error: ${printable(message)}`);
  tell(`  → ${printable(remedy)}`);
  if (error instanceof VedetteError) for (const line of error.lastLines ?? []) tell(`  | ${printable(line)}`);
  if (debug && error instanceof Error) tell(String(error.stack));
  process.exitCode = exitCodeOf(error);
}
