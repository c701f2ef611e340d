import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { VedetteError } from '../errors.ts';
import type { ArtifactRef } from '../model/artifact.ts';

/** Where the steps of a scan leave files for each other. */
export interface ArtifactStore {
  /** The folder for one account's scan in one run; it exists when this returns. */
  folder(runId: string, profile: string): Promise<string>;
  /** Makes a file of that folder an artifact. */
  keep(file: string): Promise<ArtifactRef>;
  /**
   * A local file with the artifact's content.
   *
   * @throws VedetteError `artifact-lost` when it is gone or is not what was kept.
   */
  open(artifact: ArtifactRef): Promise<string>;
  /** Removes everything that one account's scan left. */
  remove(runId: string, profile: string): Promise<void>;
}

/** Artifacts as files below one folder, which every step of a scan must see. */
export class FileArtifactStore implements ArtifactStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async folder(runId: string, profile: string): Promise<string> {
    const folder = this.#path(runId, profile);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  async keep(file: string): Promise<ArtifactRef> {
    const { size } = await stat(file);
    return { uri: pathToFileURL(file).href, sha256: await sha256Of(file), sizeBytes: size };
  }

  async open(artifact: ArtifactRef): Promise<string> {
    const file = fileURLToPath(artifact.uri);
    const found = await stat(file).catch(() => null);
    if (found === null) throw new VedetteError('artifact-lost', `${file} is gone.`);
    if (found.size !== artifact.sizeBytes || (await sha256Of(file)) !== artifact.sha256) {
      throw new VedetteError('artifact-lost', `${file} is not what the step before left.`);
    }
    return file;
  }

  async remove(runId: string, profile: string): Promise<void> {
    await rm(this.#path(runId, profile), { recursive: true, force: true });
    // Goes with the last account of the run.
    await rmdir(this.#path(runId)).catch(() => undefined);
  }

  /** Profile names are free text: everything but plain characters is encoded, so that none leaves the folder. */
  #path(...names: string[]): string {
    return join(this.#root, ...names.map((name) => encodeURIComponent(name).replaceAll('.', '%2E')));
  }
}

/** Lower-case hex. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
