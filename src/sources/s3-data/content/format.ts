/** What is in a file, by its first bytes: names lie. */
export type Format =
  | { kind: 'gzip' | 'zip' | 'tar' | 'zstd' | 'parquet' | 'avro' | 'pdf' | 'text' }
  | { kind: 'utf-16'; encoding: 'utf-16le' | 'utf-16be'; mark: number }
  /** Nothing that text is read from: `what` says what it is. */
  | { kind: 'unsupported'; what: string };

const SIGNATURES: readonly [bytes: string, at: number, Format][] = [
  ['\x1f\x8b\x08', 0, { kind: 'gzip' }],
  ['PK\x03\x04', 0, { kind: 'zip' }],
  ['PK\x05\x06', 0, { kind: 'zip' }],
  ['ustar', 257, { kind: 'tar' }],
  ['\x28\xb5\x2f\xfd', 0, { kind: 'zstd' }],
  ['PAR1', 0, { kind: 'parquet' }],
  ['Obj\x01', 0, { kind: 'avro' }],
  ['%PDF-', 0, { kind: 'pdf' }],
  ['\xff\xfe\x00\x00', 0, { kind: 'unsupported', what: 'UTF-32' }],
  ['\xff\xfe', 0, { kind: 'utf-16', encoding: 'utf-16le', mark: 2 }],
  ['\xfe\xff', 0, { kind: 'utf-16', encoding: 'utf-16be', mark: 2 }],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 0, { kind: 'unsupported', what: 'an old Office document' }],
  ['BZh', 0, { kind: 'unsupported', what: 'bzip2' }],
  ['\xfd7zXZ\x00', 0, { kind: 'unsupported', what: 'xz' }],
  ['7z\xbc\xaf\x27\x1c', 0, { kind: 'unsupported', what: '7-Zip' }],
  ['Rar!\x1a\x07', 0, { kind: 'unsupported', what: 'RAR' }],
  ['\x89PNG\r\n\x1a\n', 0, { kind: 'unsupported', what: 'an image' }],
  ['\xff\xd8\xff', 0, { kind: 'unsupported', what: 'an image' }],
  ['GIF8', 0, { kind: 'unsupported', what: 'an image' }],
  ['WEBP', 8, { kind: 'unsupported', what: 'an image' }],
  ['II*\x00', 0, { kind: 'unsupported', what: 'an image' }],
  ['MM\x00*', 0, { kind: 'unsupported', what: 'an image' }],
  ['ftyp', 4, { kind: 'unsupported', what: 'a video' }],
  ['\x1aE\xdf\xa3', 0, { kind: 'unsupported', what: 'a video' }],
  ['AVI ', 8, { kind: 'unsupported', what: 'a video' }],
  ['WAVE', 8, { kind: 'unsupported', what: 'a sound' }],
  ['OggS', 0, { kind: 'unsupported', what: 'a sound' }],
  ['fLaC', 0, { kind: 'unsupported', what: 'a sound' }],
  ['ID3', 0, { kind: 'unsupported', what: 'a sound' }],
];

export function formatOf(head: Uint8Array): Format {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1', 0, 300);
  const known = SIGNATURES.find(([bytes, at]) => text.startsWith(bytes, at));
  return known?.[2] ?? utf16WithoutMark(head) ?? { kind: 'text' };
}

/** Text of the western languages as UTF-16: nearly every other byte is 0, and none of the others. */
function utf16WithoutMark(head: Uint8Array): Format | null {
  const pairs = head.length >> 1;
  if (pairs < 8) return null;
  const zeros = [0, 0];
  for (let at = 0; at < pairs * 2; at += 1) if (head[at] === 0) zeros[at & 1]! += 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > pairs * 0.9 && even === 0) return { kind: 'utf-16', encoding: 'utf-16le', mark: 0 };
  if (even > pairs * 0.9 && odd === 0) return { kind: 'utf-16', encoding: 'utf-16be', mark: 0 };
  return null;
}
