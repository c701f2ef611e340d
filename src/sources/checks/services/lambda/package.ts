import { isUtf8 } from 'node:buffer';
import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { VedetteError } from '../../../../errors.ts';
import { secretsInText } from '../../secrets.ts';
import type { FoundSecret } from '../../secrets.ts';

/** Bytes of the largest package that is read. */
export const LARGEST_PACKAGE = 50 * 1024 * 1024;
/** Of one file; larger ones are data or libraries. */
const LARGEST_FILE = 1024 * 1024;
/** Of all files together, unpacked: a package may claim anything. */
const LARGEST_CONTENT = 300 * 1024 * 1024;
const MOST_FINDINGS = 20;
const DOWNLOAD_TIMEOUT_MS = 60_000;

/** What others have written and published is not where secrets of the account are. */
const LIBRARIES = /(?:^|\/)(?:node_modules|site-packages|[^/]+\.dist-info|botocore|boto3)\//;

/**
 * Downloads a deployment package from where Lambda says that it lies.
 *
 * @throws VedetteError `aws-unreachable`
 */
export async function downloadPackage(location: string): Promise<Buffer> {
  const failed = (cause: unknown): VedetteError =>
    new VedetteError('aws-unreachable', 'A deployment package could not be downloaded.', { cause });
  if (!/^https:\/\/[\w.-]+\.amazonaws\.com(?:\.cn)?\//.test(location)) throw failed(null);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    const answer = await fetch(location, {
      redirect: 'error',
      signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
    });
    if (!answer.ok || answer.body === null) throw failed(answer.status);
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > LARGEST_PACKAGE) throw failed('too large');
      chunks.push(chunk);
    }
  } catch (cause) {
    throw cause instanceof VedetteError ? cause : failed(cause);
  }
  return Buffer.concat(chunks);
}

/** The secrets in the text files of a package: in which files, and of what kind. */
export async function secretsInPackage(content: Buffer): Promise<FoundSecret[]> {
  const zip = await fromBufferPromise(content, { lazyEntries: true });
  const found: FoundSecret[] = [];
  let left = LARGEST_CONTENT;
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize } = entry;
    if (uncompressedSize > LARGEST_FILE || uncompressedSize > left || LIBRARIES.test(fileName)) continue;
    left -= uncompressedSize;
    const bytes = await bytesOf(zip, entry);
    if (bytes.includes(0) || !isUtf8(bytes)) continue;
    const secrets = secretsInText(bytes.toString('utf8'));
    found.push(...secrets.map(({ name, kind }) => ({ name: `${fileName}, ${name}`, kind })));
    if (found.length >= MOST_FINDINGS) break;
  }
  return found.slice(0, MOST_FINDINGS);
}

/** The reader ends a stream that is longer than the entry says. */
async function bytesOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
