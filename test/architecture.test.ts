import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { packageRoot } from '../src/package-root.ts';
import { sources } from '../src/sources/registry.ts';
import { isScanner } from '../src/sources/source.ts';

const root = packageRoot();

/** Files below a folder of the project, as paths from its root. */
function filesBelow(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .toSorted();
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The files of the project that a file imports, types included. */
function importsOf(file: string): string[] {
  const specifiers = [...read(file).matchAll(/\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)/g)];
  return specifiers.map(([, one, other]) => join(dirname(file), (one ?? other) as string));
}

/** What a folder of `src/` may import of the project beside itself: folders, or single files of `src/`. */
const COMMON = 'errors.ts log.ts model package-root.ts regular-file.ts text work-context.ts';
const MAY_IMPORT = {
  // What everybody speaks of.
  model: '',
  text: '',
  config: 'errors.ts log.ts model regular-file.ts text',
  // The domain.
  processes: `${COMMON} sqlite-driver.ts config`,
  aws: `${COMMON} config`,
  billing: 'config',
  gcp: `${COMMON} config aws`,
  artifacts: `${COMMON} config settings.ts aws`,
  accounts: `${COMMON} config settings.ts aws gcp processes store`,
  collect: 'aws errors.ts regular-file.ts',
  compliance: `${COMMON} config report store`,
  coverage: 'errors.ts model package-root.ts regular-file.ts text',
  json: `${COMMON} wasm-kernel.ts`,
  sources: `${COMMON} wasm-kernel.ts config processes accounts/access.ts aws collect compliance coverage gcp json`,
  view360: `${COMMON} config settings.ts accounts aws collect json store`,
  store: `${COMMON} sqlite-driver.ts config settings.ts migrations`,
  report: COMMON,
  notify: `${COMMON} config settings.ts aws report store`,
  people: `${COMMON} config settings.ts notify store`,
  planning: `${COMMON} config settings.ts accounts sources`,
  // Temporal.
  workflows: 'model activities',
  activities: `${COMMON} settings.ts accounts artifacts compliance notify report sources store view360`,
  client: `${COMMON} config settings.ts accounts artifacts planning workflows`,
  workers: `${COMMON} config settings.ts activities artifacts client processes sources store`,
  // What people meet.
  embedded: `${COMMON} client config settings.ts processes`,
  api: `${COMMON} config settings.ts accounts client compliance coverage notify people planning report store`,
  cli:
    `${COMMON} config settings.ts import-results.ts accounts api artifacts aws client compliance coverage embedded notify people planning processes ` +
    'report sources store view360 workers',
} as const;
const rooms = Object.keys(MAY_IMPORT) as (keyof typeof MAY_IMPORT)[];

/** `src/store/scans/persist.ts` is in `store`; of the files beside the folders each stands for itself. */
function roomOf(file: string): string {
  const [top, room = ''] = file.split('/');
  return top === 'src' ? room : (top as string);
}

describe('what may import what', () => {
  const files = filesBelow('src', /\.tsx?$/);

  it('knows every folder', () => {
    const folders = [...new Set(files.map(roomOf))].filter((room) => !/\.tsx?$/.test(room));
    expect(folders.toSorted()).toEqual(rooms.toSorted());
  });

  it.each(rooms)('%s', (room) => {
    const allowed = new Set([room, ...MAY_IMPORT[room].split(' ')]);
    const strangers = files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
      .filter(({ imported }) => !allowed.has(roomOf(imported)) && !allowed.has(relative('src', imported)));
    expect(strangers).toEqual([]);
  });

  it('a source imports no other source', () => {
    const sourceOf = (file: string) => /^src\/sources\/([^/]+)\//.exec(file)?.[1];
    const strangers = files
      .filter((file) => sourceOf(file) !== undefined)
      .flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
      .filter(({ file, imported }) => ![undefined, sourceOf(file)].includes(sourceOf(imported)));
    expect(strangers).toEqual([]);
  });
});

/**
 * Where the words of a system may stand beside the rooms that carry its name: texts that users know from its
 * requirement document, and the places that compose the systems.
 */
const WORDS_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  scoutsuite: [
    'src/model/source.ts',
    'src/processes/private-home.ts',
    'src/settings.ts',
    'src/sources/checks/equivalents-of.ts',
    'src/sources/registry.ts',
    'src/store/settings.ts',
  ],
  view360: [
    'src/activities/index.ts',
    'src/api/app.ts',
    'src/cli/audit.ts',
    'src/cli/commands/migrate.ts',
    'src/cli/demo/demo.ts',
    'src/cli/main.ts',
    'src/model/names.ts',
    'src/settings.ts',
    'src/store/purge.ts',
    'src/workflows/index.ts',
    'web/src/app/router.tsx',
  ],
};

describe('each system keeps to its rooms', () => {
  it.each(Object.entries(WORDS_ELSEWHERE))('%s', (word, elsewhere) => {
    const naming = [...filesBelow('src', /\.tsx?$/), ...filesBelow('web/src', /\.tsx?$/)]
      .filter((file) => !file.split('/').some((part) => part.replace(/\.tsx?$/, '') === word))
      .filter((file) => read(file).toLowerCase().includes(word));
    expect(naming).toEqual(elsewhere.toSorted());
  });
});

describe('every source is complete', () => {
  it.each(sources.all.map((source) => [source.id, isScanner(source)] as const))('%s', (id, scans) => {
    const expected = [
      ...['index', 'interpret', 'errors', ...(scans ? ['settings', 'collect'] : [])].map(
        (name) => `src/sources/${id}/${name}.ts`,
      ),
      `test/sources/${id}`,
      `docs/sources/${id}.md`,
    ];
    expect(expected.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

/** Folders of `test/` that mirror no folder of `src/` or `web/src/`. */
const OF_TESTS_ALONE = ['chaos', 'docs', 'fixtures', 'histories', 'scripts', 'support', 'web'];

describe('tests lie where what they test lies', () => {
  it('in the same folder', () => {
    const homeless = filesBelow('test', /\.test\.tsx?$/)
      .map((file) => dirname(relative('test', file)))
      .filter((folder) => !OF_TESTS_ALONE.includes(folder.split('/')[0] as string))
      .filter((folder) => !existsSync(join(root, 'src', folder)));
    expect([...new Set(homeless)]).toEqual([]);
  });
});

/** Systems that bring no events, and so are no sources. */
const OTHER_SYSTEMS = ['view360'];

describe('docs/architecture.md', () => {
  const page = read('docs/architecture.md');

  it('begins with where each system lives', () => {
    const [, first = ''] = page.split('\n## ');
    expect(first).toMatch(/^Where each system lives\n/);
    const rows = [...first.matchAll(/^\| `([\w-]+)`:/gm)].map(([, word]) => word);
    expect(rows).toEqual([...sources.all.map(({ id }) => id), ...OTHER_SYSTEMS]);
  });

  it('names what exists', () => {
    const named = [...page.matchAll(/`((?:src|web|test|migrations|simulated-aws)\/[\w./-]*)`/g)].map(
      ([, path]) => path,
    );
    expect(named.filter((path) => !existsSync(join(root, path as string)))).toEqual([]);
  });
});
