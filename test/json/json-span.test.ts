import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import loadWabt from 'wabt';
import { packageRoot } from '../../src/package-root.ts';

test('what is built is what json-span.wat says; else run npm run build', async () => {
  const source = join(packageRoot(), 'src/json/json-span.wat');
  const { parseWat } = await loadWabt();
  const { buffer } = parseWat(source, readFileSync(source, 'utf8')).toBinary({});
  const built = readFileSync(join(packageRoot(), 'dist', 'json-span.wasm'));
  expect(built.equals(buffer)).toBe(true);
});
