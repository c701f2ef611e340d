import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { VedetteError } from '../../errors.ts';

const RESULTS_FILE = /^scoutsuite_results_.*\.js$/;

/**
 * The results files that paths mean: a file is itself, a folder is every results file in and below it, by name.
 * A path that does not exist stays in the list, so that reading it says what is wrong.
 *
 * @throws VedetteError `results-missing` for a folder without results files.
 */
export async function findResultsFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    files.push(...(isFolder ? await resultsIn(path) : [path]));
  }
  return files;
}

async function resultsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && RESULTS_FILE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  if (files.length === 0) {
    throw new VedetteError('results-missing', `${folder} holds no scoutsuite_results_*.js file.`);
  }
  return files.toSorted();
}
