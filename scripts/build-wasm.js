import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import loadWabt from 'wabt';

const source = fileURLToPath(new URL('../src/json/json-span.wat', import.meta.url));
const { parseWat } = await loadWabt();
const module = parseWat(source, await readFile(source, 'utf8'));
module.validate();
await writeFile(new URL('../dist/json-span.wasm', import.meta.url), module.toBinary({}).buffer);
