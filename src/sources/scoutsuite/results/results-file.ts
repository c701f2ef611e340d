import { isUtf8 } from 'node:buffer';
import { readdir, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { VedetteError } from '../../../errors.ts';
import { JsonSkimmer, parseAsPythonWrites } from '../../../json/json-skimmer.ts';
import type { FileRange, JsonVisitor } from '../../../json/json-skimmer.ts';
import { completeLength, textChunks } from '../../../json/text-chunks.ts';
import { openFileOfFolder } from '../../../regular-file.ts';
import type { WorkContext } from '../../../work-context.ts';
import { COMPLETE_REMEDY, RESULTS_REMEDY } from '../errors.ts';

const PROGRESS_INTERVAL_MS = 1000;

const PREFIX = /^scoutsuite_results\s*=\s*/;
const GZIP_MAGIC = 0x1f;
const BYTE_ORDER_MARK = '\ufeff';

const SCAN_AGAIN = 'Scan again, or copy the whole file again: this one is damaged.';

/** What begins a file that is not a results file, and what to do then. */
const OTHER_FILES: readonly { begins: RegExp; is: string; remedy: string }[] = [
  {
    begins: /^SQLite format 3/,
    is: 'is a SQLite database',
    remedy: 'Run ScoutSuite with --result-format json: its SQLite results are not read.',
  },
  {
    begins: /^exceptions\s*=/,
    is: "holds ScoutSuite's exceptions, not its results",
    remedy: 'Name the scoutsuite_results_*.js file that lies beside it.',
  },
  { begins: /^<(?:!doctype|html)/i, is: 'is an HTML page, not results', remedy: RESULTS_REMEDY },
  { begins: /^\[/, is: 'holds a list, not results (scoutsuite_errors_*.json?)', remedy: RESULTS_REMEDY },
];

/** An open results file of ScoutSuite; it can be read as often as needed, and is closed by who opened it. */
export interface ResultsFile {
  file: string;
  handle: FileHandle;
  sizeBytes: number;
}

/**
 * @throws VedetteError `results-missing` when there is nothing to read, `results-invalid` when it is no results file.
 */
export async function openResults(file: string): Promise<ResultsFile> {
  try {
    if ((await stat(file)).isDirectory()) throw await folderProblem(file);
    const opened = await openFileOfFolder(file);
    if ('problem' in opened) throw invalid(file, opened.problem, 'Name the results file itself.');
    const { handle, facts } = opened;
    if (facts.size > 0) return { file, handle, sizeBytes: facts.size };
    await handle.close();
    throw invalid(file, 'is empty', SCAN_AGAIN);
  } catch (error) {
    throw error instanceof VedetteError ? error : unreadable(file, error);
  }
}

/** @throws VedetteError `results-invalid` that names the file, what is wrong with its content and where. */
export function invalid(file: string, problem: string, remedy: string = COMPLETE_REMEDY): VedetteError {
  return new VedetteError('results-invalid', `${file} ${problem}.`, { remedy });
}

/**
 * Reads the whole file once, or one object in it, chunk by chunk; yields after each chunk, so that what the visitor has
 * gathered can be handed on. Memory is one chunk and the largest value that the visitor keeps.
 *
 * @throws VedetteError `results-invalid`
 */
export async function* skim(
  results: ResultsFile,
  visitor: JsonVisitor,
  context: Pick<WorkContext, 'signal' | 'onProgress'>,
  range: FileRange = { offset: 0, bytes: results.sizeBytes },
): AsyncGenerator<void> {
  const name = basename(results.file);
  let skimmer: JsonSkimmer | undefined;
  let reportAt = Date.now() + PROGRESS_INTERVAL_MS;
  for await (const { text, offset } of textChunks(results.handle, range, (chunk, at) =>
    notUtf8(results.file, chunk, at),
  )) {
    context.signal.throwIfAborted();
    const start = offset === 0 ? jsonStart(results.file, text) : 0;
    skimmer ??= skimmerFrom(results, visitor, offset + start);
    skimmer.write(text.subarray(start));
    if (Date.now() >= reportAt) {
      context.onProgress(`reading ${name}: ${Math.floor((100 * offset) / results.sizeBytes)} %`);
      reportAt = Date.now() + PROGRESS_INTERVAL_MS;
    }
    yield;
  }
  skimmer?.end();
}

/** One value of the file, which a skimmer has met. @throws VedetteError `results-invalid` */
export async function readValue(
  { file, handle }: ResultsFile,
  { offset, bytes }: FileRange,
): Promise<unknown> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(bytes), 0, bytes, offset);
  try {
    return parseAsPythonWrites(buffer.toString('utf8', 0, bytesRead));
  } catch {
    throw invalid(file, `has changed while it was read (byte ${offset})`, SCAN_AGAIN);
  }
}

function skimmerFrom({ file }: ResultsFile, visitor: JsonVisitor, startOffset: number): JsonSkimmer {
  const reject = (problem: string, offset: number) =>
    invalid(file, `${problem} (byte ${offset})`, SCAN_AGAIN);
  return new JsonSkimmer(visitor, reject, { startOffset });
}

function notUtf8(file: string, text: Buffer, offset: number): VedetteError {
  if (offset === 0 && !text.subarray(0, 4096).includes('{')) return notResults(file, text);
  let valid = 0;
  let bad = text.length;
  while (bad - valid > 1) {
    const middle = Math.floor((valid + bad) / 2);
    if (isUtf8(text.subarray(0, completeLength(text.subarray(0, middle))))) valid = middle;
    else bad = middle;
  }
  const at = offset + completeLength(text.subarray(0, valid));
  const remedy = 'ScoutSuite writes ASCII: copy the file again in binary mode, or scan again.';
  return invalid(file, `is not UTF-8 text (byte ${at})`, remedy);
}

/** Where the JSON begins in the first chunk of the file. */
function jsonStart(file: string, head: Buffer): number {
  const text = head.toString('utf8', 0, 4096);
  const body = text.replace(BYTE_ORDER_MARK, '').trimStart();
  const json = body.replace(PREFIX, '');
  if (!json.startsWith('{'))
    throw json === '' ? invalid(file, 'ends before its results begin', SCAN_AGAIN) : notResults(file, head);
  return head.indexOf(0x7b);
}

function notResults(file: string, head: Buffer): VedetteError {
  const text = head.toString('latin1', 0, 4096).trimStart();
  if (head[0] === GZIP_MAGIC) return invalid(file, 'is compressed', 'Decompress it first.');
  const other = OTHER_FILES.find(({ begins }) => begins.test(text));
  if (other !== undefined) return invalid(file, other.is, other.remedy);
  if (head.subarray(0, 4096).includes(0)) return invalid(file, 'is a binary file', RESULTS_REMEDY);
  return invalid(file, 'does not begin with "scoutsuite_results =" or a JSON object', RESULTS_REMEDY);
}

async function folderProblem(folder: string): Promise<VedetteError> {
  const inside = await readdir(folder, { recursive: true });
  const results = inside.filter((name) => /^scoutsuite_results_.*\.js$/.test(basename(name)));
  const remedy =
    results[0] === undefined ? RESULTS_REMEDY : `Name the file in it, such as ${join(folder, results[0])}.`;
  return invalid(folder, 'is a folder, not a results file', remedy);
}

function unreadable(file: string, cause: unknown): VedetteError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new VedetteError('results-missing', `${file} does not exist.`, { cause, remedy: RESULTS_REMEDY });
  }
  const remedy = 'Check the permissions of the file and its folder.';
  return new VedetteError('results-missing', `${file} cannot be read (${code}).`, { cause, remedy });
}
