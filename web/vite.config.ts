import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';
import type { Plugin, Rolldown } from 'vite';

/** What a browser loads before the first page shows, in bytes of gzipped JavaScript. */
const MOST_JAVASCRIPT = 200_000;

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path('.'),
  build: {
    outDir: path('../dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    // These know light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The policy for content allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Libraries mark their modules for React's servers, of which there is none here.
    rolldownOptions: { checks: { moduleLevelDirective: false, bundlerTimings: false } },
  },
  plugins: [limitFirstLoad(), compress()],
  // While one works on it: `npx vite web` beside a running `vedette up`.
  server: { proxy: { '/api': 'http://127.0.0.1:8250' } },
});

/** Ends the build with an error when what the heaviest page needs is larger than allowed. */
function limitFirstLoad(): Plugin {
  return {
    name: 'limit-first-load',
    apply: 'build',
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const entries = chunks.filter(({ isEntry }) => isEntry);
      const pages = chunks.filter(({ isDynamicEntry }) => isDynamicEntry);
      const loads = pages.map((page) => ({
        page: page.name,
        bytes: gzippedBytes(chunks, [...entries, page]),
      }));
      const heaviest = loads.toSorted((a, b) => b.bytes - a.bytes)[0] ?? { page: 'none', bytes: 0 };
      const text = `first load: ${heaviest.bytes} bytes of gzipped JavaScript, with ${heaviest.page}`;
      if (heaviest.bytes > MOST_JAVASCRIPT) this.error(`${text}; ${MOST_JAVASCRIPT} are allowed`);
      this.info(text);
    },
  };
}

/** Puts a gzipped copy beside each text, for the server to send. */
function compress(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /\.(?:css|html|js|svg)$/.test(file))) {
        const file = join(dir, name);
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
      }
    },
  };
}

/** Of these chunks and all that they import at once. */
function gzippedBytes(
  chunks: readonly Rolldown.OutputChunk[],
  loaded: readonly Rolldown.OutputChunk[],
): number {
  const found = new Set(loaded);
  // A set is walked in order of insertion, also over what is added meanwhile.
  for (const { imports } of found) {
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk);
  }
  return [...found].reduce((sum, { code }) => sum + gzipSync(code).length, 0);
}
