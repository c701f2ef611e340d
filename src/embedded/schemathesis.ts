import { join } from 'node:path';
import type { Config } from '../config/settings.ts';
import { packageRoot } from '../package-root.ts';
import { ensureEnvironment } from './python.ts';
import type { EnvironmentInput } from './python.ts';

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
