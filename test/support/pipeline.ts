import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { FileArtifactStore } from '../../src/artifacts/file-artifact-store.ts';
import { ownPlace } from '../../src/client/place.ts';
import type { Place } from '../../src/client/place.ts';
import { startRun } from '../../src/client/runs.ts';
import type { Temporal } from '../../src/client/temporal.ts';
import { startTracing } from '../../src/client/tracing.ts';
import type { Tracing } from '../../src/client/tracing.ts';
import { silent } from '../../src/log.ts';
import type { Logger } from '../../src/log.ts';
import type { ArtifactRef } from '../../src/model/artifact.ts';
import type { ScanRunInput } from '../../src/model/pipeline.ts';
import { packageRoot } from '../../src/package-root.ts';
import type { ConfigOverrides } from '../../src/settings.ts';
import type { Config } from '../../src/settings.ts';
import { createRegistry, sources } from '../../src/sources/registry.ts';
import type { Source } from '../../src/sources/source.ts';
import { openMigratedStore } from '../../src/store/database/open.ts';
import type { Store } from '../../src/store/database/store.ts';
import { createWorker } from '../../src/workers/worker.ts';
import { scanRunInput } from './run-input.ts';
import { testConfig } from './stores.ts';
import { startTemporal } from './temporal.ts';

export const RECORDED_SCOUT = join(packageRoot(), 'simulated-aws', 'recorded-scout.js');

/** The whole pipeline: a Temporal server, a worker, a SQLite database, and recorded scans in place of ScoutSuite. */
export interface Pipeline {
  home: string;
  config: Config;
  store: Store;
  temporal: Temporal;
  /** Of the installation's organisation. */
  place: Place;
  env: TestWorkflowEnvironment;
  artifacts: ForgetfulArtifactStore;
  /** Where the configuration names a collector. */
  tracing: Tracing | undefined;
  /** Writes the AWS configuration: for each profile what recorded-scout.js does for it. */
  profiles(sections: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
  /** Starts a run over these profiles; gives its id. */
  start(profiles: readonly string[], input?: Partial<ScanRunInput>): Promise<string>;
  stop(): Promise<void>;
}

/** Loses what the scanner left, so many times, right after it was kept. */
class ForgetfulArtifactStore extends FileArtifactStore {
  forgets = 0;

  override async keep(file: string): Promise<ArtifactRef> {
    const artifact = await super.keep(file);
    if (this.forgets > 0) rmSync(file);
    this.forgets = Math.max(0, this.forgets - 1);
    return artifact;
  }
}

export interface PipelineAdditions {
  /** Beside those of the product. */
  moreSources?: readonly Source[];
  /** Their settings, by source. */
  sourceSettings?: Readonly<Record<string, object>>;
  /** For the Temporal server. */
  serverOptions?: readonly string[];
}

export async function startPipeline(
  overrides: ConfigOverrides = {},
  logger: Logger = silent,
  { moreSources = [], sourceSettings = {}, serverOptions = [] }: PipelineAdditions = {},
): Promise<Pipeline> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const home = mkdtempSync(join(tmpdir(), 'vedette-pipeline-'));
  const configFile = join(home, 'aws-config');
  const credentialsFile = join(home, 'aws-credentials');
  // The scanner is a program of its own and reads the environment; the tests of one file run one after the other.
  process.env['AWS_CONFIG_FILE'] = configFile;
  const config = {
    ...testConfig({
      ...overrides,
      general: { home },
      aws: { configFile, credentialsFile },
      scoutsuite: { command: RECORDED_SCOUT, ...overrides.scoutsuite },
    }),
    ...sourceSettings,
  };
  const env = await startTemporal(serverOptions);
  const store = await openMigratedStore(config, silent);
  const artifacts = new ForgetfulArtifactStore(join(home, 'artifacts'));
  const tracing = await startTracing(config);
  const registry = createRegistry([...sources.all, ...moreSources]);
  const dependencies = { config, sources: registry, artifacts, store: async () => store, logger };
  const worker = await createWorker(env.nativeConnection, dependencies, tracing);
  const running = worker.run();
  const temporal: Temporal = { client: env.client, address: env.address ?? '', close: async () => undefined };
  return {
    home,
    config,
    store,
    temporal,
    place: ownPlace(temporal, config),
    env,
    artifacts,
    tracing,
    profiles(sections) {
      const text = Object.entries(sections).map(([profile, settings]) =>
        [
          `[profile ${profile}]`,
          ...Object.entries(settings).map(([name, value]) => `${name} = ${value}`),
          '',
        ].join('\n'),
      );
      writeFileSync(configFile, text.join('\n'));
      writeFileSync(credentialsFile, '');
    },
    start(profiles, input = {}) {
      return startRun(temporal, config.temporal.taskQueue, scanRunInput(profiles, input));
    },
    async stop() {
      worker.shutdown();
      await running;
      await tracing?.stop();
      await store.close();
      await env.teardown();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
