import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { VedetteError } from '../errors.ts';
import { openFileOfFolder } from '../regular-file.ts';
import type { Registry } from './registry.ts';
import type { Importable, Source } from './source.ts';

/** A source that reads results files which it did not make itself. */
export type Reader = Source & { importable: Importable };

/** How much of a file tells whose it is. */
const HEAD_BYTES = 4096;

/**
 * Who may read what is imported: every source with files to import, or the one that is named.
 *
 * @throws VedetteError `usage` for a name that stands for no such source.
 */
export function readersOf(sources: Registry, id?: string): Reader[] {
  const readers = sources.all.filter(isReader);
  if (id === undefined) return readers;
  const named = sources.byId(id);
  if (isReader(named)) return [named];
  throw new VedetteError('usage', `${named.title} reads no results files.`, {
    remedy: `Sources that do: ${readers.map((reader) => reader.id).join(', ')}.`,
  });
}

/**
 * The results files that paths mean: a file is itself, a folder is every file in and below it that is called like the
 * results of a reader, by name. A path that does not exist stays in the list, so that reading it says what is wrong.
 *
 * @throws VedetteError `results-missing` for a folder without results files.
 */
export async function findResultsFiles(
  readers: readonly Reader[],
  paths: readonly string[],
): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    files.push(...(isFolder ? await resultsIn(path, readers) : [path]));
  }
  return files;
}

/**
 * Whose results a file holds: told by how it begins, else by its name, else by what its name ends in. Where there is one
 * reader only, the file is its own: it says best what is wrong with another one.
 *
 * @throws VedetteError `results-missing` or `results-invalid` for a file that nobody knows, naming what each reader reads.
 */
export async function readerOf(readers: readonly Reader[], file: string): Promise<Reader> {
  const [first, ...others] = readers;
  if (first !== undefined && others.length === 0) return first;
  const named =
    readers.find(({ importable }) => importable.isNamed(basename(file))) ??
    readers.find(({ importable }) => extname(importable.files) === extname(file));
  const head = await headOf(file).catch((cause: unknown) => {
    // Whoever it belongs to by its name will fail alike, and has more to say.
    if (named !== undefined) return '';
    if (cause instanceof VedetteError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const problem = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new VedetteError('results-missing', `${file} ${problem}.`, { cause, remedy: whatIsRead(readers) });
  });
  const known = readers.find(({ importable }) => importable.beginsLike(head)) ?? named;
  if (known !== undefined) return known;
  throw new VedetteError('results-invalid', `${file} holds results of no known source.`, {
    remedy: `${whatIsRead(readers)} --source says whose the file is.`,
  });
}

function isReader(source: Source): source is Reader {
  return source.importable !== null;
}

function whatIsRead(readers: readonly Reader[]): string {
  const kinds = readers.map(({ title, importable }) => `${importable.files} of ${title}`);
  return `Name a file such as ${kinds.join(' or ')}.`;
}

async function headOf(file: string): Promise<string> {
  const opened = await openFileOfFolder(file);
  if ('problem' in opened) {
    const remedy = 'Name the results file itself.';
    throw new VedetteError('results-missing', `${file} ${opened.problem}.`, { remedy });
  }
  const { handle } = opened;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function resultsIn(folder: string, readers: readonly Reader[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && readers.some(({ importable }) => importable.isNamed(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
  if (files.length > 0) return files.toSorted();
  const kinds = readers.map(({ importable }) => importable.files).join(' or ');
  throw new VedetteError('results-missing', `${folder} holds no ${kinds} file.`, {
    remedy: whatIsRead(readers),
  });
}
