import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from '../config/env.ts';
import { VedetteError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import type { Config } from '../settings.ts';
import { lastLines, rotateLog } from './child.ts';
import { ensureStack, findStack } from './stack.ts';
import type { Stack, StackOptions } from './stack.ts';
import { stackPlaces } from './state.ts';

export interface DetachedOptions extends Pick<StackOptions, 'logger' | 'signal' | 'onProgress'> {
  /** Default is `vedette up`. */
  command?: readonly [string, ...string[]];
}

/**
 * A stack that outlives this process: the server that TEMPORAL_ADDRESS names, the running stack, or a new one of a
 * `vedette up` in the background, which stays until somebody ends it (its process is `supervisor` in `run/stack.json`).
 * A stack that another command has started for its own use is taken over by such a `vedette up` when that ends.
 *
 * @throws VedetteError `stack-failed` with the last lines of the log of that `vedette up`
 */
export async function detachedStack(config: Config, options: DetachedOptions): Promise<Stack> {
  if (config.temporal.address !== undefined) return ensureStack(config, options);
  const running = await findStack(config, options.logger);
  if (running?.supervisor?.stays === true) return running;
  options.onProgress?.('starting vedette up in the background');
  const background = startBackground(config, options.command);
  if (running !== undefined) return running;
  for (;;) {
    options.signal.throwIfAborted();
    const stack = await findStack(config, options.logger);
    if (stack !== undefined) return stack;
    const end = await Promise.race([background.exited, sleep(100, undefined)]);
    if (end !== undefined) {
      throw new VedetteError('stack-failed', `vedette up did not start (${end}); see ${background.logFile}`, {
        lastLines: lastLines(background.logFile),
      });
    }
  }
}

function startBackground(
  config: Config,
  command: readonly [string, ...string[]] = [
    process.execPath,
    join(packageRoot(), 'bin', 'vedette.js'),
    'up',
  ],
): { logFile: string; exited: Promise<string> } {
  const logFile = stackPlaces(config.general.home).log('up');
  rotateLog(logFile);
  const log = openSync(logFile, 'a', 0o600);
  const [program, ...args] = command;
  const child = spawn(program, args, {
    env: { ...readEnvironment(), VEDETTE_HOME: config.general.home },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.unref();
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { logFile, exited };
}
