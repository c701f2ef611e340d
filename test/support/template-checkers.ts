import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import { ensureEnvironment } from '../../src/processes/python.ts';
import { loadConfig } from '../../src/settings.ts';

/** Makes the Python environment of what judges templates (cfn-lint, a parser of HCL); gives the folder of its executables. */
export async function installTemplateCheckers(onProgress: (line: string) => void): Promise<string> {
  return ensureEnvironment({
    requirementsFile: join(packageRoot(), 'test', 'support', 'template-checkers.txt'),
    folder: join(loadConfig({}, tmpdir()).config.general.home, 'template-checkers'),
    onProgress,
    signal: new AbortController().signal,
  });
}
