import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { anchorsOf, linksOf } from '../support/markdown.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

test('the pages that people start from are among those that are checked', () => {
  expect(pages).toEqual(
    expect.arrayContaining(['README.md', 'CONTRIBUTING.md', join('docs', 'concepts.md')]),
  );
});

test.each(pages)('every relative link in %s leads somewhere', (page) => {
  expect(linksOf(read(page)).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
});

test('every page below docs can be reached from README.md', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const link of linksOf(read(page))) {
      const target = targetOf(page, link);
      if (pages.includes(target)) reached.add(target);
    }
  }
  expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});

describe('links and anchors', () => {
  test('links in text count, those in code and to other hosts do not', () => {
    const text = [
      '[a](one.md) and `[b](two.md)`, [c](https://example.com), [d](three.md#four "title")',
      '```',
      '[e](five.md)',
      '```',
    ];
    expect(linksOf(text.join('\n'))).toEqual(['one.md', 'three.md#four']);
  });

  test('anchors are made as GitHub makes them', () => {
    const text =
      '# One, two!\n## `code` & more\n## Same\n## Same\n```\n# not a heading\n```\n## A [link](b.md)';
    expect(anchorsOf(text)).toEqual(['one-two', 'code--more', 'same', 'same-1', 'a-link']);
  });
});

function leadsSomewhere(page: string, link: string): boolean {
  const anchor = link.split('#')[1];
  const content = contentOf(targetOf(page, link));
  return content !== undefined && (anchor === undefined || anchorsOf(content).includes(anchor));
}

function targetOf(page: string, link: string): string {
  const [path = ''] = link.split('#');
  return path === '' ? page : relative(root, resolve(root, dirname(page), decodeURIComponent(path)));
}

function contentOf(file: string): string | undefined {
  try {
    return read(file);
  } catch {
    return undefined;
  }
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
