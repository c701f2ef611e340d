import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import { ensureEnvironment } from '../../src/processes/python.ts';
import { loadConfig } from '../../src/settings.ts';

/** Makes the Python environment of the program that attacks the API, beside those of setup; gives its executable. */
export async function installSchemathesis(onProgress: (line: string) => void): Promise<string> {
  const executables = await ensureEnvironment({
    requirementsFile: join(packageRoot(), 'test', 'support', 'schemathesis.txt'),
    folder: join(loadConfig({}, tmpdir()).config.general.home, 'schemathesis'),
    onProgress,
    signal: new AbortController().signal,
  });
  return join(executables, 'schemathesis');
}
