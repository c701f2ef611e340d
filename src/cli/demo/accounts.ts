import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VedetteError } from '../../errors.ts';
import { packageRoot } from '../../package-root.ts';
import type { Config } from '../../settings.ts';
import { installScoutSuite } from '../../sources/scoutsuite/setup.ts';
import { tell } from '../output/write.ts';
import { startSimulatedAccounts } from './simulated-aws.ts';
import type { SimulatedAccount } from './simulated-aws.ts';

/** Accounts to show vedette on. */
export interface DemoAccounts {
  /** What they are, in a few words. */
  title: string;
  /** For the worker: where the accounts are and what to scan them with. */
  environment: Readonly<Record<string, string>>;
  /** Fixes some problems and makes others. */
  change(): Promise<void>;
  stop(): Promise<void>;
}

interface Input {
  accounts: readonly SimulatedAccount[];
  folder: string;
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

/** Simulated accounts for the real ScoutSuite; without Python, recorded scans of the same accounts. */
export async function openDemoAccounts(config: Config, input: Input): Promise<DemoAccounts> {
  try {
    return await simulatedAccounts(config, input);
  } catch (error) {
    if (!(error instanceof VedetteError) || error.type !== 'python-missing') throw error;
    tell(`– ${error.message} ${error.remedy}`);
    tell('  The demo goes on with recorded scans.');
    return recordedAccounts(input);
  }
}

async function simulatedAccounts(config: Config, input: Input): Promise<DemoAccounts> {
  const { onProgress, signal } = input;
  const scout = await installScoutSuite(config.general.home, {
    onProgress,
    signal,
    allowSystemPackages: false,
  });
  const simulation = await startSimulatedAccounts(config, { ...input, scout });
  await simulation.seed(1);
  return {
    title: `${input.accounts.length} simulated accounts, scanned by ScoutSuite`,
    environment: {
      AWS_CONFIG_FILE: simulation.configFile,
      AWS_SHARED_CREDENTIALS_FILE: simulation.credentialsFile,
      VEDETTE_SCOUT_COMMAND: simulation.scoutCommand,
    },
    change: () => simulation.seed(2),
    stop: simulation.stop,
  };
}

async function recordedAccounts({ accounts, folder }: Input): Promise<DemoAccounts> {
  // The recorded sequence begins anew.
  await rm(join(folder, 'recorded-scans'), { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const configFile = join(folder, 'config');
  const sections = accounts.map(
    ({ profile, accountId }) =>
      `[profile ${profile}]\nrecorded_account = ${accountId}\nrecorded_delay_seconds = 2\n`,
  );
  await writeFile(configFile, sections.join('\n'), { mode: 0o600 });
  return {
    title: `recorded scans of ${accounts.length} accounts`,
    environment: {
      AWS_CONFIG_FILE: configFile,
      VEDETTE_SCOUT_COMMAND: join(packageRoot(), 'simulated-aws', 'recorded-scout.js'),
    },
    change: async () => undefined,
    stop: async () => undefined,
  };
}
