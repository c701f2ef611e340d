import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import avsc from 'avsc';
import { pack } from 'tar-stream';
import { packageRoot } from '../../../../src/package-root.ts';
import { inMemory } from '../../../../src/sources/s3-data/content/input.ts';
import { CONTENT_LIMITS, scanContent } from '../../../../src/sources/s3-data/content/scan-content.ts';
import type { ContentLimits } from '../../../../src/sources/s3-data/content/scan-content.ts';
import { detectorSet } from '../../../../src/sources/s3-data/detectors/detector-set.ts';

const { signal } = new AbortController();
const SSN = '123-45-6789';

async function scan(content: Buffer, limits: Partial<ContentLimits> = {}) {
  const found: [member: string | null, detector: string, offset: number][] = [];
  const options = { set: detectorSet(), limits: { ...CONTENT_LIMITS, ...limits }, signal };
  const { problems } = await scanContent(inMemory(content), options, ({ member, detector, offset }) =>
    found.push([member, detector.id, offset]),
  );
  return { found, problems };
}

/** A zip file of these members, `stored` ones uncompressed. */
function zip(members: Readonly<Record<string, Buffer | string>>, { stored = false, flags = 0 } = {}): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const plain = Buffer.from(content as string);
    const packed = stored ? plain : deflateRawSync(plain);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(stored ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(plain), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(plain.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, rest, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

async function tar(members: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(members)) archive.entry({ name }, content);
  archive.finalize();
  return buffer(archive);
}

const fixture = (name: string) => readFileSync(join(packageRoot(), 'test/fixtures/s3-data', name));

describe('text', () => {
  it.each([
    ['with a mark', Buffer.concat([Buffer.from('\uFEFF'), Buffer.from(`x ${SSN}`)]), 5],
    ['UTF-16 with a mark', Buffer.from(`\uFEFFx ${SSN}`, 'utf16le'), 6],
    ['big-endian UTF-16 with a mark', Buffer.from(`\uFEFFx ${SSN}`, 'utf16le').swap16(), 6],
    ['UTF-16 without one', Buffer.from(`some words ${SSN}`, 'utf16le'), 22],
    ['among zeros', Buffer.from(`\0\0\u0001\0${SSN}\0`), 4],
  ])('%s', async (_, content, offset) => {
    expect((await scan(content)).found).toEqual([[null, 'ssn', offset]]);
  });

  it('may be empty', async () => {
    expect(await scan(Buffer.alloc(0))).toEqual({ found: [], problems: [] });
  });
});

describe('archives', () => {
  it('gzip, all members, as one', async () => {
    const content = Buffer.concat([gzipSync(`a ${SSN} `), gzipSync(`b ${SSN}`)]);
    expect((await scan(content)).found).toEqual([
      [null, 'ssn', 2],
      [null, 'ssn', 16],
    ]);
  });

  it('zstd, all frames, as one', async () => {
    expect((await scan(fixture('frames.zst'))).found).toEqual([
      [null, 'ssn', 6],
      [null, 'ssn', 25],
    ]);
  });

  it.each([[{}], [{ stored: true }]])('zip, by member %j', async (options) => {
    const { found } = await scan(zip({ 'dir/': '', 'dir/ä.txt': SSN, '../b.csv': `x,${SSN}` }, options));
    expect(found).toEqual([
      ['dir/ä.txt', 'ssn', 0],
      ['../b.csv', 'ssn', 2],
    ]);
  });

  it('in archives', async () => {
    const inner = zip({ 'deep.txt': SSN });
    const content = gzipSync(await tar({ 'a.txt': SSN, 'inner.zip': inner.toString('latin1') }));
    const { found } = await scan(content);
    expect(found[0]).toEqual(['a.txt', 'ssn', 0]);
    const nested = await scan(zip({ 'outer.gz': gzipSync(inner) }));
    expect(nested.found).toEqual([['outer.gz!deep.txt', 'ssn', 0]]);
  });

  it.each([
    ['gzip', (all: Buffer) => all, gzipSync(`${'word '.repeat(5000)}${SSN}`)],
    ['zstd', (all: Buffer) => all, fixture('frames.zst')],
  ])('that are cut off have failed: %s', async (format, _, content) => {
    await expect(scan(content.subarray(0, content.length - 8))).rejects.toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(format),
    });
  });

  it('tar and zip that are cut off have failed', async () => {
    const archive = await tar({ 'a.txt': 'x'.repeat(5000) });
    await expect(scan(archive.subarray(0, 2000))).rejects.toMatchObject({ kind: 'failed' });
    const zipped = zip({ 'a.txt': 'x'.repeat(5000) });
    await expect(scan(zipped.subarray(0, zipped.length - 30))).rejects.toMatchObject({ kind: 'failed' });
  });

  it('tells of members that it cannot look at, and looks at the others', async () => {
    const { found, problems } = await scan(
      zip({
        'a.png': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
        'b.gz': gzipSync('x'.repeat(999)).subarray(0, 20),
        'c.txt': SSN,
      }),
    );
    expect(found).toEqual([['c.txt', 'ssn', 0]]);
    expect(problems).toMatchObject([
      { member: 'a.png', kind: 'skipped', reason: 'the format is not supported: an image' },
      { member: 'b.gz', kind: 'failed' },
    ]);
    expect((await scan(zip({ secret: 'x' }, { flags: 1 }))).problems).toMatchObject([
      { reason: 'it is encrypted' },
    ]);
  });
});

describe('bombs', () => {
  const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));

  it.each([
    ['one that expands', bomb],
    ['one in another', gzipSync(bomb)],
    ['one in a zip', zip({ bomb }, { stored: true })],
  ])('%s', async (_, content) => {
    await expect(scan(content)).rejects.toMatchObject({
      kind: 'failed',
      message: 'it expands to more than 250 times its size',
    });
  });

  it('nested too deep', async () => {
    let content: Buffer = Buffer.from(SSN);
    for (let depth = 0; depth < 10; depth += 1) content = gzipSync(content);
    await expect(scan(content)).rejects.toMatchObject({ kind: 'skipped' });
  });

  it('of too many members', async () => {
    const members = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`${index}.txt`, '']));
    await expect(scan(zip(members), { members: 10 })).rejects.toMatchObject({ kind: 'failed' });
  });

  it('too large for memory', async () => {
    const nested = zip({ 'a.zip': zip({ a: Buffer.alloc(5000, 'x') }, { stored: true }) });
    expect((await scan(nested, { inMemoryBytes: 1000 })).problems).toMatchObject([
      { member: 'a.zip', kind: 'skipped' },
    ]);
  });
});

describe('documents and tables', () => {
  it.each(['people.snappy.parquet', 'people.zstd.parquet'])('%s, by column', async (name) => {
    const { found } = await scan(fixture(name));
    expect(found).toEqual([
      ['contact', 'email', 0],
      ['contact', 'email', 16],
      ['ssn', 'ssn', 0],
      ['ssn', 'ssn', 17],
    ]);
  });

  it.each(['null', 'deflate'])('Avro, codec %s', async (codec) => {
    const type = avsc.Type.forSchema({
      type: 'record',
      name: 'person',
      fields: [
        { name: 'a', type: 'string' },
        { name: 'b', type: { type: 'array', items: 'string' } },
      ],
    });
    const encoder = new avsc.streams.BlockEncoder(type, { codec });
    encoder.end({ a: 'x', b: ['y', SSN] });
    const content = await buffer(encoder);
    expect((await scan(content)).found).toEqual([['records', 'ssn', 4]]);
  });

  it('docx, paragraph by paragraph, whatever formats it', async () => {
    const document = `<w:document><w:p><w:r><w:t>SSN 123-4</w:t></w:r><w:r><w:t>5-6789</w:t></w:r></w:p><w:p><w:t>a&amp;b@example.com</w:t></w:p></w:document>`;
    expect((await scan(zip({ '[Content_Types].xml': '<x/>', 'word/document.xml': document }))).found).toEqual(
      [
        ['word/document.xml', 'ssn', 4],
        ['word/document.xml', 'email', 18],
      ],
    );
  });

  it('xlsx, cell by cell', async () => {
    const strings = `<sst><si><t>415</t></si><si><t>555</t></si><si><t>${SSN}</t></si></sst>`;
    const sheet =
      '<worksheet><row><c r="A1"><v>4111111111111111</v></c><c r="B1" t="s"><v>2</v></c></row></worksheet>';
    expect(
      (await scan(zip({ 'xl/sharedStrings.xml': strings, 'xl/worksheets/sheet1.xml': sheet }))).found,
    ).toEqual([
      ['xl/sharedStrings.xml', 'ssn', 8],
      ['xl/worksheets/sheet1.xml', 'credit_card', 0],
    ]);
  });

  it('PDF, page by page', async () => {
    expect((await scan(pdf(`SSN ${SSN}`))).found).toEqual([['page 1', 'ssn', 4]]);
    await expect(scan(Buffer.from('%PDF-1.7\nbroken'))).rejects.toMatchObject({ kind: 'failed' });
  });
});

function pdf(text: string): Buffer {
  const stream = `BT /F1 12 Tf 10 100 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const xref = body.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${body}xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`,
  );
}
