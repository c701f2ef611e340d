import { extractText, getDocumentProxy } from 'unpdf';
import { broken } from './compressed.ts';
import { readWhole } from './input.ts';
import type { Input } from './input.ts';
import { ContentProblem } from './problem.ts';
import type { Walk } from './scan-content.ts';

/** Page by page, as the text that is shown. */
export async function walkPdf(input: Input, walk: Walk): Promise<void> {
  const limit = walk.limits.inMemoryBytes;
  const access = await input.random(limit);
  if (access.size > limit) throw new ContentProblem('skipped', `a PDF document of more than ${limit} bytes`);
  const pages = await pagesOf(await readWhole(access, 0, access.size));
  for (const [index, page] of pages.entries()) {
    walk.signal.throwIfAborted();
    await walk.text(`page ${index + 1}`, once(Buffer.from(page)));
  }
}

async function pagesOf(bytes: Buffer): Promise<readonly string[]> {
  try {
    const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    const { text } = await extractText(document, { mergePages: false });
    await document.destroy();
    return text;
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new ContentProblem('skipped', 'it is encrypted', error);
    }
    throw broken('PDF', error);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
