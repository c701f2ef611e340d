import { randomBytes } from 'node:crypto';
import {
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ArtifactRef } from '../model/artifact.ts';
import {
  batchName,
  chooseBatches,
  contentOf,
  decodeName,
  encodeName,
  RETAINED,
  RETAINED_NAMES,
  scanFolder,
  verify,
} from './artifact-store.ts';
import type { ArtifactStore, Batches, BatchPlace, Retained } from './artifact-store.ts';

/** Artifacts as files below one folder; who sees that folder can open them. */
export class FileArtifactStore implements ArtifactStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** The name lies beside the folder, so that all who share the folder have the same, also after a restart. */
  async holder(): Promise<string> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    const file = `${this.#root}.holder`;
    const name = `${hostname()}-${randomBytes(4).toString('hex')}`;
    const draft = `${file}.${name}`;
    await writeFile(draft, name, { mode: 0o600 });
    // The first one wins; a file is never seen half written.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await rm(draft);
    return readFile(file, 'utf8');
  }

  async folder(runId: string, scan: string): Promise<string> {
    const folder = scanFolder(this.#root, runId, scan);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  async keep(file: string): Promise<ArtifactRef> {
    return { uri: pathToFileURL(file).href, ...(await contentOf(file)) };
  }

  async open(artifacts: readonly [ArtifactRef, ...ArtifactRef[]]): Promise<string> {
    for (const artifact of artifacts) await verify(fileURLToPath(artifact.uri), artifact);
    return fileURLToPath(artifacts[0].uri);
  }

  async keepBatch(file: string, batch: BatchPlace): Promise<void> {
    const folder = this.#collection(batch);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(file, join(folder, batchName(batch.number, await contentOf(file))));
  }

  async *openBatches(batches: Batches): AsyncGenerator<string> {
    const folder = this.#collection(batches);
    const names = (await readdir(folder).catch(() => [])).toSorted(byCodeUnits);
    for await (const { name, ...artifact } of chooseBatches(names, batches.count)) {
      const file = join(folder, name);
      yield this.open([{ uri: pathToFileURL(file).href, ...artifact }]);
    }
  }

  async leave(runId: string, scan: string, { discard }: { discard: boolean }): Promise<void> {
    if (discard) await this.remove(runId, scan);
  }

  async remove(runId: string, scan: string): Promise<void> {
    await rm(scanFolder(this.#root, runId, scan), { recursive: true, force: true });
    // Goes with the last account of the run.
    await rmdir(scanFolder(this.#root, runId)).catch(() => undefined);
  }

  async removeRuns(prefix: string): Promise<void> {
    const names = await readdir(this.#root).catch(() => []);
    for (const name of names.filter((one) => one.startsWith(encodeName(prefix)))) {
      await rm(join(this.#root, name), { recursive: true, force: true });
    }
  }

  async retain(artifact: ArtifactRef, names: readonly string[]): Promise<void> {
    const file = this.#retained(names);
    const draft = `${file}.${randomBytes(4).toString('hex')}`;
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await copyFile(await this.open([artifact]), draft);
    await rename(draft, file);
  }

  async *retained(names: readonly string[]): AsyncGenerator<Retained> {
    const file = this.#retained(names);
    if (names.length === RETAINED_NAMES) {
      const { size, mtime } = await stat(file);
      yield { names, sizeBytes: size, keptAt: mtime.toISOString() };
      return;
    }
    const found = (await readdir(file).catch(() => [])).toSorted(byCodeUnits);
    // Anything else is a draft that was never finished.
    for (const name of found.filter((one) => !one.includes('.'))) {
      yield* this.retained([...names, decodeName(name)]);
    }
  }

  async openRetained(names: readonly string[]): Promise<string | null> {
    const file = this.#retained(names);
    const found = await stat(file).catch(() => null);
    return found === null ? null : file;
  }

  async removeRetained(names: readonly string[]): Promise<void> {
    await rm(this.#retained(names), { force: true });
  }

  /** Beside the folder of the runs, which is swept. */
  #retained(names: readonly string[]): string {
    return scanFolder(join(dirname(this.#root), RETAINED), ...names);
  }

  #collection({ runId, scan, collection }: Omit<Batches, 'count'>): string {
    return scanFolder(this.#root, runId, scan, collection);
  }
}

function byCodeUnits(one: string, other: string): number {
  return one < other ? -1 : 1;
}
