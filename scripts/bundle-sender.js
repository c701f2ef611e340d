import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The sender of accounts as one file, for a function that has nothing but Node. */
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: {
    ssr: fileURLToPath(new URL('../src/view360/push.ts', import.meta.url)),
    outDir: fileURLToPath(new URL('../dist/view360-sender', import.meta.url)),
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'index.mjs', codeSplitting: false } },
  },
  ssr: { noExternal: true },
});
// The function tells its version by the file beside it.
await copyFile(
  new URL('../package.json', import.meta.url),
  new URL('../dist/view360-sender/package.json', import.meta.url),
);
