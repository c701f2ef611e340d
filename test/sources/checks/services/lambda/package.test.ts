import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import {
  downloadPackage,
  secretsInPackage,
} from '../../../../../src/sources/checks/services/lambda/package.ts';

describe('a deployment package', () => {
  it('is read for secrets, but for what others have published', async () => {
    const content = zipOf({
      'app.py': 'import os\npassword = "hunter2"\n',
      'node_modules/other/config.js': 'password = "hunter2"',
      'logo.png': Buffer.from([0x89, 0x50, 0, 1]),
      'empty.txt': '',
    });
    expect(await secretsInPackage(content)).toEqual([{ name: 'app.py, line 2', kind: 'password' }]);
  });

  it('is not unpacked for ever', async () => {
    const content = zipOf({ 'bomb.txt': 'password = "hunter2"\n'.repeat(100_000) });
    expect(await secretsInPackage(content)).toEqual([]);
    // It says that it is small.
    content.writeUInt32LE(100, content.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    await expect(secretsInPackage(content)).rejects.toThrow('too many bytes');
  });

  it('is an error when it is none', async () => {
    await expect(secretsInPackage(Buffer.from('no package'))).rejects.toThrow('not a zip file');
  });

  it.each(['http://169.254.169.254/latest', 'https://example.com/code.zip', 'file:///etc/passwd', ''])(
    'is not fetched from %s',
    async (location) => {
      await expect(downloadPackage(location)).rejects.toMatchObject({ type: 'aws-unreachable' });
    },
  );
});

/** A package of these files, packed; checksums are not looked at. */
function zipOf(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content as string);
    const packed = deflateRawSync(plain);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04_03_4b_50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(plain.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02_01_4b_50, 0);
    local.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += local.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  end.writeUInt32LE(0x06_05_4b_50, 0);
  end.writeUInt16LE(directory.length / 2, 8);
  end.writeUInt16LE(directory.length / 2, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
