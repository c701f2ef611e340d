import { readFile } from 'node:fs/promises';
import { setting } from '../../src/config/setting.ts';
import { integer } from '../../src/config/types.ts';
import { VedetteError } from '../../src/errors.ts';
import type { Observation } from '../../src/model/observation.ts';
import { defineSource } from '../../src/sources/source.ts';
import { observe } from './observations.ts';
import type { MadeUpScan } from './observations.ts';

/** How its results files begin. */
export const EXAMPLE_HEAD = '{"example":';

/** A second source beside those of the product: its results are a made-up scan as JSON. */
export const example = defineSource({
  id: 'example',
  title: 'Example',
  permissions: {
    managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    actions: ['sts:GetCallerIdentity'],
  },
  settings: { greeting: setting('EXAMPLE_GREETING', integer(3, { min: 1, max: 9 }), 'How often it greets.') },
  setup: [
    {
      title: 'Example',
      run: async ({ home }, { allowSystemPackages }) =>
        `below ${home}, system packages: ${allowSystemPackages}`,
    },
  ],
  check: async ({ settings: { greeting } }) => `Example greets ${greeting} times`,
  importable: {
    files: '*.example.json',
    isNamed: (name) => name.endsWith('.example.json'),
    beginsLike: (head) => head.startsWith(EXAMPLE_HEAD),
  },
  demo: null,
  collect: () => Promise.reject(new VedetteError('scanner-missing', 'Example only reads results.')),
  interpret: readExample,
});

/** The text of a results file of it. */
export function exampleResults(scan: MadeUpScan): string {
  return JSON.stringify({ example: { source: example.id, ...scan } });
}

async function* readExample(file: string): AsyncGenerator<Observation> {
  const text = await readFile(file, 'utf8');
  if (!text.startsWith(EXAMPLE_HEAD)) throw new VedetteError('results-invalid', `${file} is no example.`);
  yield* observe((JSON.parse(text) as { example: MadeUpScan }).example);
}
