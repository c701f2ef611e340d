import type { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import type { ConfigOverrides, Origin } from '../config/load.ts';
import type { Config } from '../config/settings.ts';
import { createLogger } from '../log.ts';
import type { Logger } from '../log.ts';

/** What every command has: its configuration, a logger, and the signal that Ctrl-C aborts. */
export interface Session {
  config: Config;
  origins: Readonly<Record<string, Origin>>;
  logger: Logger;
  signal: AbortSignal;
}

/** Reads the configuration; `--debug` of the command raises the log level, else only warnings are logged. */
export function openSession(command: Command, flags: ConfigOverrides = {}): Session {
  const { debug } = command.optsWithGlobals<{ debug?: boolean }>();
  const { config, origins } = loadConfig(flags);
  const quiet = origins['general.logLevel'] === 'default' ? 'warn' : config.general.logLevel;
  const controller = new AbortController();
  const abort = (): void => controller.abort(new Error('interrupted'));
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  return {
    config,
    origins,
    logger: createLogger(debug === true ? 'debug' : quiet),
    signal: controller.signal,
  };
}
