import { VedetteError } from '../../errors.ts';
import { sourceConfig } from '../../settings.ts';
import type { Config } from '../../settings.ts';
import type { RecordedDemo, Scanner, SourceDemo } from '../../sources/source.ts';
import { tell } from '../output/write.ts';
import { writeAwsFiles } from './aws-files.ts';
import type { AwsFiles } from './aws-files.ts';
import type { SimulatedAccount } from './simulated-account.ts';
import { startSimulatedAccounts } from './simulated-aws.ts';

/** A source that takes part in the demo. */
export type ShownSource = Scanner & { demo: SourceDemo };

/** Accounts to show vedette on. */
export interface DemoAccounts {
  /** What they are, in a few words. */
  title: string;
  /** What scans them. */
  sources: readonly ShownSource[];
  /** For the worker: where the accounts are and what to scan them with. */
  environment: Readonly<Record<string, string>>;
  /** Where each account, in their order, tells what it is and costs; none of recorded ones. */
  endpoints: readonly string[];
  /** Fixes some problems and makes others. */
  change(): Promise<void>;
  stop(): Promise<void>;
}

interface Input {
  accounts: readonly SimulatedAccount[];
  sources: readonly ShownSource[];
  folder: string;
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

export function isShown(source: Scanner): source is ShownSource {
  return source.demo !== null;
}

/** Simulated accounts for the real scanners; without Python, recorded scans of the same accounts. */
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
  const { accounts, sources, folder } = input;
  const environment: Record<string, string> = {};
  for (const source of sources) {
    Object.assign(environment, await source.demo.simulated(sourceConfig(config, source), folder, input));
  }
  const simulation = await startSimulatedAccounts(config.general.home, input);
  try {
    await simulation.seed(1);
  } catch (error) {
    await simulation.stop();
    throw error;
  }
  return {
    title: `${accounts.length} simulated accounts, scanned by ${sources.map(({ title }) => title).join(', ')}`,
    sources,
    environment: { ...environment, ...variables(simulation) },
    endpoints: simulation.endpoints,
    change: () => simulation.seed(2),
    stop: simulation.stop,
  };
}

async function recordedAccounts({ accounts, sources, folder }: Input): Promise<DemoAccounts> {
  const replays: { source: ShownSource; recorded: RecordedDemo }[] = [];
  for (const source of sources) {
    const recorded = await source.demo.recorded?.(folder);
    if (recorded !== undefined) replays.push({ source, recorded });
  }
  const profiles = accounts.map(({ profile, accountId }) => [
    profile,
    Object.assign({}, ...replays.map(({ recorded }) => recorded.profile(accountId))),
  ]);
  const files = await writeAwsFiles(folder, Object.fromEntries(profiles));
  return {
    title: `recorded scans of ${accounts.length} accounts`,
    sources: replays.map(({ source }) => source),
    environment: Object.assign(variables(files), ...replays.map(({ recorded }) => recorded.environment)),
    endpoints: [],
    change: async () => undefined,
    stop: async () => undefined,
  };
}

function variables({ configFile, credentialsFile }: AwsFiles): Record<string, string> {
  return { AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile };
}
