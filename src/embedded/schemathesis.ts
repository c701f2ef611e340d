import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { ensureEnvironment } from '../processes/python.ts';
import type { EnvironmentInput } from '../processes/python.ts';
import type { Config } from '../settings.ts';

/** Makes the Python environment of the program that attacks the API in tests; gives its executable. */
export async function installSchemathesis(
  config: Config,
  options: Pick<EnvironmentInput, 'onProgress' | 'signal'>,
): Promise<string> {
  const executables = await ensureEnvironment({
    requirementsFile: join(packageRoot(), 'python', 'schemathesis.txt'),
    folder: join(config.general.home, 'schemathesis'),
    ...options,
  });
  return join(executables, 'schemathesis');
}
