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
    // The policy for content allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Libraries mark their modules for React's servers, of which there is none here.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  plugins: [limitFirstLoad()],
  // While one works on it: `npx vite web` beside a running `vedette up`.
  server: { proxy: { '/api': 'http://127.0.0.1:8250' } },
});

/** Ends the build with an error when the entry and all it imports at once are larger than allowed. */
function limitFirstLoad(): Plugin {
  return {
    name: 'limit-first-load',
    apply: 'build',
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const files = withImports(
        chunks,
        chunks.filter(({ isEntry }) => isEntry),
      );
      const bytes = files.reduce((sum, { code }) => sum + gzipSync(code).length, 0);
      this.info(`first load: ${bytes} bytes of gzipped JavaScript in ${files.length} files`);
      if (bytes > MOST_JAVASCRIPT) this.error(`first load: ${bytes} bytes, more than ${MOST_JAVASCRIPT}`);
    },
  };
}

function withImports(
  chunks: readonly Rolldown.OutputChunk[],
  entries: readonly Rolldown.OutputChunk[],
): Rolldown.OutputChunk[] {
  const found = new Set(entries);
  // A set is walked in order of insertion, also over what is added meanwhile.
  for (const { imports } of found) {
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk);
  }
  return [...found];
}
