import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import loadWabt from 'wabt';

const KERNELS = ['../src/json/json-span.wat', '../src/sources/s3-data/detectors/anchors.wat'];

const { parseWat } = await loadWabt();
await mkdir(new URL('../dist/', import.meta.url), { recursive: true });
for (const path of KERNELS) {
  const source = fileURLToPath(new URL(path, import.meta.url));
  const module = parseWat(source, await readFile(source, 'utf8'));
  module.validate();
  const name = `${basename(path, '.wat')}.wasm`;
  await writeFile(new URL(`../dist/${name}`, import.meta.url), module.toBinary({}).buffer);
}
