import { stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { VedetteError } from '../../errors.ts';
import { textChunks } from '../../json/text-chunks.ts';
import { openFileOfFolder } from '../../regular-file.ts';
import type { WorkContext } from '../../work-context.ts';
import { invalid, RESULTS_REMEDY, unreadable } from './errors.ts';

const PROGRESS_INTERVAL_MS = 1000;
const GZIP_MAGIC = 0x1f;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** An open file with results; it can be read as often as needed, and is closed by who opened it. */
export interface ResultsFile {
  file: string;
  handle: FileHandle;
  sizeBytes: number;
}

/** @throws VedetteError `results-missing` or `results-invalid` when there is nothing to read. */
export async function openResults(file: string): Promise<ResultsFile> {
  try {
    if ((await stat(file)).isDirectory()) throw invalid(file, 'is a folder, not a file', RESULTS_REMEDY);
    const opened = await openFileOfFolder(file);
    if ('problem' in opened) throw invalid(file, opened.problem, RESULTS_REMEDY);
    const { handle, facts } = opened;
    if (facts.size > 0) return { file, handle, sizeBytes: facts.size };
    await handle.close();
    throw invalid(file, 'is empty');
  } catch (error) {
    throw error instanceof VedetteError ? error : unreadable(file, error);
  }
}

/** The text of the file in pieces, without a byte order mark. @throws VedetteError `results-invalid` */
export async function* pieces(
  { file, handle, sizeBytes }: ResultsFile,
  { signal, onProgress }: Pick<WorkContext, 'signal' | 'onProgress'>,
): AsyncGenerator<{ text: Buffer; offset: number }> {
  const name = basename(file);
  let reportAt = Date.now() + PROGRESS_INTERVAL_MS;
  for await (const { text, offset } of textChunks(handle, { offset: 0, bytes: sizeBytes }, (chunk, at) =>
    notText(file, chunk, at),
  )) {
    signal.throwIfAborted();
    if (offset === 0 && text.includes(0)) throw notText(file, text, offset);
    const mark = offset === 0 && text.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
    yield { text: text.subarray(mark), offset: offset + mark };
    if (Date.now() < reportAt) continue;
    onProgress(`reading ${name}: ${Math.floor((100 * offset) / sizeBytes)} %`);
    reportAt = Date.now() + PROGRESS_INTERVAL_MS;
  }
}

function notText(file: string, chunk: Buffer, offset: number): VedetteError {
  if (offset > 0) return invalid(file, `is not UTF-8 text (after byte ${offset})`);
  if (chunk[0] === GZIP_MAGIC) return invalid(file, 'is compressed', 'Decompress it first.');
  if (chunk[1] === 0 || chunk[0] === 0xff || chunk[0] === 0xfe) {
    return invalid(file, 'is not UTF-8 text', 'Save it as UTF-8: a spreadsheet may have written UTF-16.');
  }
  return invalid(file, 'is not UTF-8 text');
}
