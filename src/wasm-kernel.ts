import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VedetteError } from './errors.ts';
import { packageRoot } from './package-root.ts';

/** Node has it, its types do not. */
declare const WebAssembly: {
  Module: new (binary: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

/** What a module of WebAssembly exports, made of `<name>.wat` by scripts/build-wasm.js. */
export function wasmKernel(name: string): unknown {
  return new WebAssembly.Instance(new WebAssembly.Module(binary(name))).exports;
}

function binary(name: string): Uint8Array {
  const file = join(packageRoot(), 'dist', `${name}.wasm`);
  try {
    return readFileSync(file);
  } catch (cause) {
    const remedy = 'Run npm run build, or install vedette again.';
    throw new VedetteError('unexpected', `${file}, a part of vedette, cannot be read.`, { cause, remedy });
  }
}
