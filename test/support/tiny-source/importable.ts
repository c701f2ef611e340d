import type { Importable } from '../../../src/sources/source.ts';

export const tinyImportable: Importable = {
  files: 'tiny_*.jsonl',
  isNamed: (name) => /^tiny_.*\.jsonl$/.test(name),
  beginsLike: (head) => head.startsWith('{"kind":"head","tool":"tiny"'),
};
