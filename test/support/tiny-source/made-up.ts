import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedCloud } from './cloud.ts';
import { lineOf } from './results.ts';
import type { TinySettings } from './settings.ts';

/** A cloud of a test's own, and the settings that lead the tiny source to it. */
export interface MadeUpCloud {
  settings: TinySettings;
  /** What is in the cloud from now on. */
  record(cloud: RecordedCloud): void;
  /** The objects that were read since the last `record`, as `bucket/key`, in any order. */
  read(): string[];
  remove(): void;
}

export function makeUpCloud(settings: Partial<TinySettings> = {}): MadeUpCloud {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-cloud-'));
  const cloud = join(folder, 'cloud.json');
  return {
    settings: {
      cloud,
      prefix: undefined,
      batchSize: 2,
      batchesAtOnce: 2,
      batchesPerPlan: 3,
      ...settings,
    },
    record(content) {
      writeFileSync(cloud, JSON.stringify(content));
      writeFileSync(`${cloud}.read`, '');
    },
    read: () => readFileSync(`${cloud}.read`, 'utf8').split('\n').slice(0, -1),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** So many objects; every tenth is a private key. */
export function objects(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const name = String(index).padStart(6, '0');
    return index % 10 === 0 ? `${name}.pem` : `${name}.txt`;
  });
}

/** The text of a results file: of one bucket, with these private keys in it. */
export function tinyResults(accountId: string, found: readonly string[]): string {
  const startedAt = new Date().toISOString();
  const buckets = [{ name: 'assets', region: 'eu-west-1', public: false }];
  return (
    lineOf({ kind: 'head', tool: 'tiny', accountId, startedAt, prefix: '', buckets }) +
    lineOf({ kind: 'objects', bucket: 'assets', read: found.length, found })
  );
}
