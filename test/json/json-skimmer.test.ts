import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JsonSkimmer } from '../../src/json/json-skimmer.ts';
import type { Choice, FileRange, SkimmerOptions } from '../../src/json/json-skimmer.ts';
import { MAX_SPAN_CHUNK_BYTES } from '../../src/json/json-span.ts';

function skimInChunks(
  text: string | Buffer,
  chunkSizes: readonly number[],
  choose: (path: readonly string[]) => Choice,
  options?: SkimmerOptions,
): [string, unknown][] {
  const bytes = Buffer.from(text);
  const values: [string, unknown][] = [];
  const visitor = {
    choose,
    value: (path: readonly string[], value: unknown) => values.push([path.join('/'), value]),
  };
  const skimmer = new JsonSkimmer(visitor, (problem, offset) => new Error(`${problem} @${offset}`), options);
  let chunk = 0;
  for (let at = 0; at < bytes.length; chunk += 1) {
    const size = chunkSizes[chunk % chunkSizes.length] ?? 1;
    // A copy that is wiped afterwards: the skimmer must not hold on to what it was given.
    const piece = Buffer.from(bytes.subarray(at, at + size));
    skimmer.write(piece);
    piece.fill(0x7b);
    at += size;
  }
  skimmer.end();
  return values;
}

test('a list is read element by element, in chunks of any size', () => {
  const elements = [{ a: [1, '[]'] }, 'text', [2], null, 3];
  for (const [given, text] of [
    [elements, JSON.stringify(elements, undefined, 1)],
    [[], ' [ ] '],
  ] as const) {
    for (const size of [1, 3, 1000]) {
      const values = skimInChunks(text, [size], () => 'keep', { root: 'list' });
      expect(values).toEqual(given.map((element) => ['[]', element]));
    }
  }
  for (const [text, problem] of [
    ['{}', 'does not hold a JSON list @0'],
    ['[1,', 'ends in the middle of'],
    ['[1}', 'has an unexpected "}"'],
  ] as const) {
    expect(() => skimInChunks(text, [100], () => 'keep', { root: 'list' })).toThrow(problem);
  }
});

function problemOf(text: Buffer, chunkSizes: readonly number[], choice: Choice): string {
  try {
    skimInChunks(text, chunkSizes, () => choice);
    return 'none';
  } catch (error) {
    return String(error);
  }
}

const CHOICES = ['skip', 'enter', 'keep'] as const;
const keepAll = (): Choice => 'keep';
const anyObject = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }), {
  maxKeys: 8,
});
const anyChunks = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const anyIndent = fc.constantFrom(0, 1, '\t');

/** Whatever is written in a special way, or looks like structure; half of the surrogates are alone. */
const SPECIAL = [
  '"',
  '\\',
  '/',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\n',
  '\0',
  '\u007f',
  'ü',
  '€',
  '😀',
  '\ud83d',
  '\ude00',
];
const stringUnit = fc.oneof(fc.constantFrom(...SPECIAL), fc.string({ minLength: 1, maxLength: 9 }));
const anyText = fc.string({ unit: stringUnit, maxLength: 12 });
const anyDocument = fc
  .tuple(
    fc.dictionary(anyText, fc.jsonValue({ stringUnit, maxDepth: 5 }), { maxKeys: 4 }),
    fc.array(fc.nat(5), { minLength: 1, maxLength: 30 }),
  )
  .map(([object, choices]) => {
    let at = 0;
    return written(object, () => choices[at++ % choices.length] ?? 0);
  })
  .filter((text) => text.length < 400);

/** As JSON, with the freedom that it leaves: escapes of characters that need none, and white space. */
function written(value: unknown, pick: () => number): string {
  const space = () => ['', '', ' ', '\n', '\t ', '\r\n'][pick()] ?? '';
  const list = (parts: string[], [open, close]: string) =>
    `${open}${space()}${parts.join(`${space()},${space()}`)}${space()}${close}`;
  if (typeof value === 'string') return `"${Array.from(value, (c) => writtenCharacter(c, pick())).join('')}"`;
  if (Array.isArray(value)) {
    return list(
      value.map((element) => written(element, pick)),
      '[]',
    );
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value);
  return list(
    members.map(([key, member]) => `${written(key, pick)}${space()}:${space()}${written(member, pick)}`),
    '{}',
  );
}

function writtenCharacter(character: string, choice: number): string {
  if (choice < 2) return JSON.stringify(character).slice(1, -1);
  if (choice === 2 && character === '/') return '\\/';
  if (choice < 4) return character < ' ' ? escapedUnits(character) : JSON.stringify(character).slice(1, -1);
  return escapedUnits(character);
}

function escapedUnits(text: string): string {
  return text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What is not an object, with the path to it, in an order of its own. */
function leavesOf(value: object, path: readonly string[] = []): [string, unknown][] {
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? leavesOf(member, [...path, key])
      : [[[...path, key].join('/'), member] as [string, unknown]],
  );
}

function inOrder(values: readonly [string, unknown][]): string {
  return JSON.stringify(values.map((value) => JSON.stringify(value)).toSorted());
}

describe('what is kept', () => {
  test('equals what JSON.parse gives, in chunks of any size', () => {
    fc.assert(
      fc.property(anyObject, anyChunks, anyIndent, fc.boolean(), (object, chunks, indent, ascii) => {
        const json = JSON.stringify(object, null, indent);
        const text = ascii
          ? json.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
          : json;
        const expected = Object.entries(JSON.parse(text) as object);
        expect(skimInChunks(text, chunks, keepAll)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  test('is the same however it is written, and wherever a chunk ends', () => {
    fc.assert(
      fc.property(anyDocument, (text) => {
        const object = JSON.parse(text) as object;
        const size = Buffer.byteLength(text);
        for (const [choice, expected] of [
          ['keep', Object.entries(object)],
          ['enter', leavesOf(object)],
          ['skip', []],
        ] as const) {
          const outcomes = new Set<string>();
          for (let first = 1; first <= size; first += 1) {
            outcomes.add(inOrder(skimInChunks(text, [first, size], () => choice)));
          }
          expect([...outcomes]).toEqual([inOrder([...expected])]);
        }
      }),
      { numRuns: 200 },
    );
  });

  const NASTY =
    '{"a\\"\\\\": "\\\\\\"\\u005c\\ud83d\\ude00\\ud83d {[", "ü€😀": [{"b": ["]}", {"c": {}}, []]}, -1.5e-7, true, null], ' +
    '"\\ud800": {"": "\\b\\f\\n\\r\\t\\/", "deep": [[[[[[[["\\\\"]]]]]]]]}, "n": 12}';
  const size = Buffer.byteLength(NASTY);

  test('is the same wherever a chunk ends', () => {
    const expected = Object.entries(JSON.parse(NASTY) as object);
    for (let first = 1; first <= size; first += 1) {
      expect(skimInChunks(NASTY, [first, size], keepAll)).toEqual(expected);
      expect(skimInChunks(NASTY, [first, 1, size], () => 'skip')).toEqual([]);
    }
  });

  test('is the same where a large chunk is looked at in parts', () => {
    const nasty = JSON.stringify(JSON.parse(NASTY));
    const end = MAX_SPAN_CHUNK_BYTES + 10;
    for (let before = end - Buffer.byteLength(nasty) - 20; before < end; before += 1) {
      const text = `{"a": ["${'x'.repeat(before)}", ${nasty}], "b": ${nasty}}`;
      expect(skimInChunks(text, [2 * end], ([key]) => (key === 'a' ? 'skip' : 'keep'))).toEqual([
        ['b', JSON.parse(nasty)],
      ]);
    }
  });

  test('is told with its place, where it can be read again', () => {
    const bytes = Buffer.from(`before ${NASTY}`);
    const again: unknown[] = [];
    const read = ({ offset, bytes: length }: FileRange) =>
      JSON.parse(bytes.toString('utf8', offset, offset + length)) as unknown;
    const visitor = {
      choose: (path: readonly string[]): Choice => (path.length < 2 ? 'enter' : 'keep'),
      value: (_path: readonly string[], value: unknown, range: FileRange) => {
        again.push(read(range));
        expect(read(range)).toEqual(value);
      },
      leave: (_path: readonly string[], range: FileRange) => void again.push(read(range)),
    };
    const skimmer = new JsonSkimmer(visitor, (problem) => new Error(problem), { startOffset: 7 });
    for (let at = 7; at < bytes.length; at += 5) skimmer.write(bytes.subarray(at, at + 5));
    skimmer.end();
    expect(again.at(-1)).toEqual(JSON.parse(NASTY));
    expect(again).toHaveLength(7);
  });

  test('is only the chosen part of what lies between values that are passed over', () => {
    fc.assert(
      fc.property(anyObject, anyObject, anyObject, anyChunks, (before, wanted, after, chunks) => {
        const text = JSON.stringify({ before, inner: { skipped: before, wanted, after }, after });
        const values = skimInChunks(text, chunks, ([top, inner]) =>
          top === 'inner' ? (inner === undefined ? 'enter' : inner === 'wanted' ? 'keep' : 'skip') : 'skip',
        );
        expect(values).toEqual([['inner/wanted', JSON.parse(JSON.stringify(wanted))]]);
      }),
    );
  });

  test('reads the numbers of Python that JSON does not have as null, and texts that look like them as texts', () => {
    const text = '{"a": NaN, "b": [1, -Infinity, "NaN \\" Infinity"], "c": Infinity}';
    expect(skimInChunks(text, [3], keepAll)).toEqual([
      ['a', null],
      ['b', [1, null, 'NaN " Infinity']],
      ['c', null],
    ]);
  });

  test('a list or a scalar in a place to enter is kept whole', () => {
    const values = skimInChunks('{"a": [1, {"b": 2}], "c": 3}', [2], () => 'enter');
    expect(values).toEqual([
      ['a', [1, { b: 2 }]],
      ['c', 3],
    ]);
  });

  test('tells when an entered object ends', () => {
    const left: string[] = [];
    const visitor = {
      choose: (): Choice => 'enter',
      value: () => {},
      leave: (path: readonly string[]) => void left.push(path.join('/')),
    };
    const skimmer = new JsonSkimmer(visitor, (problem) => new Error(problem));
    skimmer.write(Buffer.from('{"a": {"b": {}, "c": 1}, "d": {}};\r\n'));
    skimmer.end();
    expect(left).toEqual(['a/b', 'a', 'd', '']);
  });
});

/** What is said of a list that begins at this offset and is passed over, by a walk from character to character. */
function refusalOf(list: string, offset: number): RegExp {
  const open: string[] = [];
  let inText = false;
  for (let at = 0; at < list.length; at += 1) {
    const character = list[at] as string;
    const place = `.* @${offset + at}$`;
    if (inText && character === '\\') at += 1;
    else if (character === '"') inText = !inText;
    else if (inText && character < ' ') return new RegExp(`a raw${place}`);
    else if (character < ' ' && !'\t\n\r'.includes(character)) return new RegExp(`unexpected${place}`);
    else if (!inText && '[{'.includes(character)) open.push(character);
    else if (!inText && ']}'.includes(character)) {
      if (open.pop() !== (character === ']' ? '[' : '{')) return new RegExp(`unexpected${place}`);
      // What follows is another matter.
      if (open.length === 0) return / @/;
    }
  }
  return /ends in the middle of a @/;
}

describe('what is passed over', () => {
  const piece = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom('"', '\\', '[', ']', '{', '}', '[]', '{}', '"', '\\"', '\\\\', '"x"'),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(' ', 'x', 'Y_', '1,', '\n', '\t', 'x'.repeat(15), ' '.repeat(33)),
    },
    { weight: 1, arbitrary: fc.constantFrom('\0', '\u001f', '\b', '\u007f', 'ÿ') },
  );

  test('is refused where a walk from character to character refuses it', () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), anyChunks, (pieces, chunks) => {
        const list = `[${pieces.join('')}`;
        const refusal = refusalOf(list, 5);
        expect(() => skimInChunks(Buffer.from(`{"a":${list} !`, 'latin1'), chunks, () => 'skip')).toThrow(
          refusal,
        );
        const kind = refusal.source.replace(/@.*/, '');
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }),
      { numRuns: 3000 },
    );
    expect(kinds.size).toBe(4);
    expect(Math.min(...kinds.values())).toBeGreaterThan(30);
  });
});

describe('what is refused', () => {
  test('a text that ends too early, at every byte', () => {
    const text = Buffer.from('{"ü\\"": ["\\\\", {"b": "\\ud83d"}], "c": 12, "d": {"e": null}}');
    for (let end = 0; end < text.length; end += 1) {
      for (const choice of CHOICES) {
        expect(() => skimInChunks(text.subarray(0, end), [7], () => choice)).toThrow(
          /ends in the middle|not valid JSON|no value/,
        );
      }
    }
  });

  test('every document at every byte, whatever is chosen', () => {
    fc.assert(
      fc.property(anyDocument, anyChunks, (text, chunks) => {
        const bytes = Buffer.from(text);
        const problems = new Set<string>();
        for (let end = 0; end < bytes.length; end += 1) {
          for (const choice of CHOICES) problems.add(problemOf(bytes.subarray(0, end), chunks, choice));
        }
        const others = [...problems].filter(
          (problem) => !/ends in the middle|not valid JSON|no value/.test(problem),
        );
        expect(others).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('every text that is cut off, whatever is chosen', () => {
    fc.assert(
      fc.property(
        anyObject,
        anyChunks,
        fc.nat(),
        fc.constantFrom<Choice>('skip', 'enter', 'keep'),
        (object, chunks, at, choice) => {
          const bytes = Buffer.from(JSON.stringify({ object, last: [object] }));
          const cut = bytes.subarray(0, at % bytes.length);
          expect(() => skimInChunks(cut, chunks, () => choice)).toThrow(
            /ends in the middle|not valid JSON|no value/,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    ['no object', '[1]', /does not hold a JSON object/],
    ['brackets that do not match', '{"a": {"b": [1}}', /unexpected "}" in a @14/],
    ['a bracket too many', '{"a": 1}}', /unexpected "}"/],
    ['a missing colon', '{"a" 1}', /unexpected "1" in a/],
    ['a missing comma', '{"a": 1 "b": 2}', /unexpected """/],
    ['a missing value', '{"a": , "b": 2}', /no value for a/],
    ['a trailing comma', '{"a": 1,}', /unexpected "}"/],
    ['a key without quotes', '{a: 1}', /unexpected "a"/],
    ['a word that is no value', '{"a": nonsense}', /not valid JSON in a/],
    ['a null byte in a text', '{"a": "x\0y"}', /raw byte 0x00 in a text of a @8/],
    ['null bytes between values', '{"a": [1,\0\0]}', /unexpected byte 0x00/],
    ['a line break in a text', '{"a": {"b": "x\ny"}}', /raw byte 0x0a/],
    ['text after the end', '{"a": 1}\n{}', /unexpected "{"/],
    ['nothing', '   ', /ends in the middle of the results/],
  ])('%s', (_name, text, message) => {
    for (const choice of ['skip', 'keep'] as const) {
      for (const size of [1, 1000]) expect(() => skimInChunks(text, [size], () => choice)).toThrow(message);
    }
  });

  test('broken syntax inside what is kept', () => {
    expect(() => skimInChunks('{"a": [1,,2]}', [4], keepAll)).toThrow(/not valid JSON in a/);
  });

  test('a value that is longer than may be kept, but not one that is passed over', () => {
    const text = JSON.stringify({ long: 'x'.repeat(1000) });
    expect(() => skimInChunks(text, [100], keepAll, { maxKeptBytes: 500 })).toThrow(
      /more than 500 bytes in long/,
    );
    expect(skimInChunks(text, [100], () => 'skip', { maxKeptBytes: 500 })).toEqual([]);
  });

  test('nesting without end, but not 1000 brackets', () => {
    const deep = `{"a": ${'['.repeat(1000)}${']'.repeat(1000)}}`;
    expect(skimInChunks(deep, [64, 7], () => 'skip')).toEqual([]);
    expect(() => skimInChunks(deep.replace('[', '[['), [64, 7], () => 'skip')).toThrow(/deeply in a @1006/);
    expect(() => skimInChunks(`{"a": ${'['.repeat(5000)}`, [64], () => 'skip')).toThrow(
      /nested too deeply in a/,
    );
  });

  test('problems are told by their offset in the file', () => {
    expect(() => skimInChunks('{"a": ]}', [1], keepAll, { startOffset: 100 })).toThrow('@106');
  });
});
