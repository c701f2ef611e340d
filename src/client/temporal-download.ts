import { TestWorkflowEnvironment } from '@temporalio/testing';
import { VedetteError } from '../errors.ts';

const TIMEOUT_MS = 5 * 60_000;

/**
 * Leaves Temporal's own download of the CLI in `folder`, as `temporal-<version>`. The SDK offers that as part of
 * starting a server only, so one is started and stopped.
 */
export async function downloadTemporal(folder: string, version: string): Promise<void> {
  const executable = { type: 'cached-download', downloadDir: folder, version, ttl: '3650 days' } as const;
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new VedetteError('temporal-missing', `no end in ${TIMEOUT_MS / 60_000} minutes`)),
      TIMEOUT_MS,
    );
  });
  try {
    const environment = await Promise.race([
      TestWorkflowEnvironment.createLocal({ server: { executable } }),
      expired,
    ]);
    await environment.teardown();
  } finally {
    clearTimeout(timer);
  }
}
