import { expect, test } from '@jest/globals';
import { unlicensed, unused } from '../../scripts/check-dependencies.ts';

test('licences that we do not take are named, those of tools more gently', () => {
  expect(
    unlicensed({
      '': {},
      'node_modules/a': { license: 'MIT' },
      'node_modules/b': { license: '(GPL-3.0 OR Apache-2.0)' },
      'node_modules/b/node_modules/@c/c': { license: 'Apache-2.0 AND GPL-3.0' },
      'node_modules/d': {},
      'node_modules/e': { license: 'MPL-2.0' },
      'node_modules/f': { license: 'MPL-2.0', dev: true },
      'node_modules/g': { license: 'SEE LICENSE IN EULA' },
    }),
  ).toEqual(['@c/c: Apache-2.0 AND GPL-3.0', 'd: no licence', 'e: MPL-2.0', 'g: SEE LICENSE IN EULA']);
});

test('a dependency is used by an import, a script, its types, or another one that demands it', () => {
  const dependencies = { imported: '1', 'im.ported': '1', '@a/deep': '1', tool: '1', peer: '1', nobody: '1' };
  const project = {
    scripts: { build: 'run-tool && echo' },
    dependencies,
    devDependencies: {
      '@types/imported': '1',
      '@types/a__deep': '1',
      '@types/gone': '1',
      '@types/node': '1',
    },
  };
  const manifests: Record<string, object> = {
    tool: { bin: { 'run-tool': 'x.js' }, peerDependencies: { peer: '*' } },
  };
  const texts = [
    "import x from 'imported';",
    'await import("@a/deep/inside.js")',
    "const imXported = 'im1ported'",
  ];
  expect(unused(project, texts, (name) => manifests[name] ?? {})).toEqual([
    'im.ported',
    'nobody',
    '@types/gone',
  ]);
});
