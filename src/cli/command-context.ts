import type { Command } from 'commander';
import type { Origin } from '../config/load.ts';
import { ExitCode } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { ConfigOverrides } from '../settings.ts';
import type { Config } from '../settings.ts';
import { tell } from './output/write.ts';

/** What every command has: its configuration, a logger, and the signal that Ctrl-C aborts. */
export interface CommandContext {
  config: Config;
  origins: Readonly<Record<string, Origin>>;
  logger: Logger;
  /** Whoever asks for it ends in order when it aborts; a command that does not is ended at once. */
  readonly signal: AbortSignal;
}

/** One for the process, as the signals are. */
const interruption = new AbortController();
/** Of the command that this process runs. */
let opened: Config | undefined;
/** Whether anything waits for the signal. */
let heeded = false;

/** Whether the user has stopped this process: what fails then fails for that. */
export function wasInterrupted(): boolean {
  return interruption.signal.aborted;
}

/** Reads the configuration; `--debug` of the command raises the log level, else only warnings are logged. */
export async function openContext(command: Command, flags: ConfigOverrides = {}): Promise<CommandContext> {
  const [{ configOf, loadConfig }, { keepHomePrivate }, { createLogger }] = await Promise.all([
    import('../settings.ts'),
    import('../processes/private-home.ts'),
    import('../log.ts'),
  ]);
  const { debug, organisation } = command.optsWithGlobals<{ debug?: boolean; organisation?: string }>();
  const { config: installation, origins } = loadConfig(flags);
  const config = organisation === undefined ? installation : configOf(installation, organisation);
  opened = config;
  const quiet = origins['general.logLevel'] === 'default' ? 'warn' : config.general.logLevel;
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const logger = createLogger(debug === true ? 'debug' : quiet);
  keepHomePrivate(config.general.home, logger);
  return {
    config,
    origins,
    logger,
    get signal() {
      heeded = true;
      return interruption.signal;
    },
  };
}

/** The configuration that the command works with, its flags included; undefined until it has read it. */
export function openedConfig(): Config | undefined {
  return opened;
}

function interrupt(): void {
  interruption.abort(new Error('interrupted'));
  if (!heeded) endInterrupted();
}

/** Ends the process, whatever it still waits for. */
export function endInterrupted(): never {
  tell('Interrupted.');
  process.exit(ExitCode.Interrupted);
}
