import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulatedAccount } from '../../src/cli/demo/simulated-account.ts';
import { startSimulatedAccounts } from '../../src/cli/demo/simulated-aws.ts';
import type { SimulatedAccounts } from '../../src/cli/demo/simulated-aws.ts';
import { loadConfig } from '../../src/settings.ts';
import { sourceConfig } from '../../src/settings.ts';
import type { Config } from '../../src/settings.ts';
import { scoutsuiteDemo } from '../../src/sources/scoutsuite/demo.ts';
import { scoutsuite } from '../../src/sources/scoutsuite/index.ts';

export interface Simulation extends SimulatedAccounts {
  /** A configuration whose scanner and AWS files are those of the simulated accounts. */
  config: Config;
}

/** Simulated accounts for one test file, with the environments that the bootstrap made in VEDETTE_HOME. */
export async function startSimulation(accounts: readonly SimulatedAccount[]): Promise<Simulation> {
  const { config } = loadConfig({}, tmpdir());
  const folder = await mkdtemp(join(tmpdir(), 'vedette-simulation-'));
  const context = { onProgress: () => undefined, signal: new AbortController().signal };
  const scanner = await scoutsuiteDemo.simulated(sourceConfig(config, scoutsuite), folder, context);
  const simulated = await startSimulatedAccounts(config.general.home, { accounts, folder, ...context });
  const { configFile, credentialsFile } = simulated;
  return {
    ...simulated,
    config: {
      ...config,
      scoutsuite: { ...config.scoutsuite, command: scanner['VEDETTE_SCOUT_COMMAND'] },
      aws: { ...config.aws, configFile, credentialsFile },
    },
  };
}
