import { join } from 'node:path';
import pino from 'pino';
import type { AccountCoverage, Detection } from '../../src/model/coverage.ts';
import type { Observation, ObservedEvent } from '../../src/model/observation.ts';
import { detections } from '../../src/sources/detections/index.ts';
import { collectWhole } from './collect-whole.ts';
import { emptyLedger } from './ledger.ts';

/** What a scan of detections has brought. */
export interface Detected {
  observations: readonly Observation[];
  detections: readonly Detection[];
  events: readonly ObservedEvent[];
  coverage: AccountCoverage;
}

const SETTINGS = { timeoutMs: 60_000 };

const context = () => ({
  signal: new AbortController().signal,
  onProgress: () => undefined,
  logger: pino({ level: 'silent' }),
});

/** Looks for detections in an account of moto, by default in us-east-1. @param folder keeps what was collected */
export async function scanForDetections(
  endpoint: string,
  folder: string,
  regions?: readonly string[],
): Promise<Detected> {
  const file = await collectDetections(endpoint, folder, regions);
  return readDetections(detections.interpret(file, context(), { settings: SETTINGS, home: folder }));
}

/** The snapshot of an account of moto. */
export function collectDetections(
  endpoint: string,
  folder: string,
  regions: readonly string[] = ['us-east-1'],
): Promise<string> {
  return collectWhole(
    detections,
    {
      settings: SETTINGS,
      home: folder,
      target: { kind: 'aws-profile', name: 'test', accountId: null },
      access: {
        credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'testing' }),
        region: null,
        endpoint,
        profile: null,
        environment: async () => ({}),
        explain: (cause) => cause as never,
      },
      ledger: emptyLedger(),
      options: { services: [], regions, initial: false },
      folder: join(folder, 'scan'),
    },
    context(),
  );
}

export async function readDetections(lines: AsyncIterable<Observation>): Promise<Detected> {
  const observations: Observation[] = [];
  for await (const observation of lines) observations.push(observation);
  const [coverage] = observations.flatMap((one) => (one.kind === 'coverage' ? [one.coverage] : []));
  return {
    observations,
    detections: observations.flatMap((one) => (one.kind === 'detection' ? [one.detection] : [])),
    events: observations.flatMap((one) => (one.kind === 'event' ? [one.event] : [])),
    coverage: coverage as AccountCoverage,
  };
}
