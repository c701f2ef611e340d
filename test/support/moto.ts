import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulatedAccounts } from '../../src/cli/demo/simulated-aws.ts';
import type { SimulatedAccount, SimulatedAccounts } from '../../src/cli/demo/simulated-aws.ts';
import { loadConfig } from '../../src/config/load.ts';
import { sourceConfig } from '../../src/settings.ts';
import type { Config } from '../../src/settings.ts';
import { scoutsuite } from '../../src/sources/scoutsuite/index.ts';
import { scoutCommand } from '../../src/sources/scoutsuite/program.ts';

export interface Simulation extends SimulatedAccounts {
  /** A configuration whose scanner and AWS files are those of the simulated accounts. */
  config: Config;
}

/** Simulated accounts for one test file, with the environments that the bootstrap made in VEDETTE_HOME. */
export async function startSimulation(accounts: readonly SimulatedAccount[]): Promise<Simulation> {
  const { config } = loadConfig({}, tmpdir());
  const folder = await mkdtemp(join(tmpdir(), 'vedette-simulation-'));
  const simulated = await startSimulatedAccounts(config, {
    accounts,
    scout: await scoutCommand(sourceConfig(config, scoutsuite)),
    folder,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  return { ...simulated, config: configFor(config, simulated) };
}

function configFor(
  config: Config,
  { scoutCommand: command, configFile, credentialsFile }: SimulatedAccounts,
): Config {
  return {
    ...config,
    scoutsuite: { ...config.scoutsuite, command },
    aws: { ...config.aws, configFile, credentialsFile },
  };
}
