import type { KeptScan } from '../artifacts/kept-results.ts';
import { VedetteError } from '../errors.ts';
import type { CommandContext } from './command-context.ts';

/**
 * Works with the kept results of a scan as a local file.
 *
 * @throws VedetteError `not-found` when they are not kept, or not any more
 */
export async function withKeptResults<Result>(
  { config, logger, signal }: CommandContext,
  scan: KeptScan,
  work: (file: string) => Promise<Result>,
): Promise<Result> {
  const [{ mkdtemp, rm }, { tmpdir }, { join }, { openKeptResults }, { openArtifactStore }] =
    await Promise.all([
      import('node:fs/promises'),
      import('node:os'),
      import('node:path'),
      import('../artifacts/kept-results.ts'),
      import('../artifacts/open.ts'),
    ]);
  const folder = await mkdtemp(join(tmpdir(), 'vedette-kept-'));
  try {
    const context = { signal, logger, onProgress: () => undefined };
    const file = await openKeptResults(await openArtifactStore(config), scan, folder, context);
    if (file !== null) return await work(file);
    throw new VedetteError(
      'not-found',
      `The results of scan ${scan.scanId} (${scan.source}) are not kept here.`,
      {
        remedy:
          'vedette snapshot list shows what is kept; VEDETTE_RESULTS_RETENTION says for how long, VEDETTE_ARTIFACTS where.',
      },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
