import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from '@jest/globals';
import loadWabt from 'wabt';
import { packageRoot } from '../../../../src/package-root.ts';
import { ALL_DETECTORS, DEFAULT_DETECTORS } from '../../../../src/sources/s3-data/detectors/all.ts';
import { customDetectors } from '../../../../src/sources/s3-data/detectors/custom.ts';
import { detectorSet } from '../../../../src/sources/s3-data/detectors/detector-set.ts';
import type { Match, Shown } from '../../../../src/sources/s3-data/detectors/found.ts';
import { Pattern } from '../../../../src/sources/s3-data/detectors/pattern/pattern.ts';
import { Scanner } from '../../../../src/sources/s3-data/detectors/scanner.ts';
import type { Encoding } from '../../../../src/sources/s3-data/detectors/scanner.ts';
import { differences } from './fuzz.ts';

function scan(
  text: string | Buffer,
  ids: readonly string[] = [],
  {
    encoding = 'bytes',
    piece = 0,
    custom = [],
  }: { encoding?: Encoding; piece?: number; custom?: unknown[] } = {},
): (Match & Shown)[] {
  const matches: (Match & Shown)[] = [];
  const own = customDetectors.parse(custom);
  const scanner = new Scanner(detectorSet(ids, own), encoding, 0, (match) =>
    matches.push({ ...match, ...match.show() }),
  );
  const bytes = Buffer.from(text as string);
  const size = piece === 0 ? bytes.length || 1 : piece;
  for (let at = 0; at < bytes.length; at += size) scanner.write(bytes.subarray(at, at + size));
  scanner.finish();
  return matches;
}

test('what is built is what anchors.wat says; else run npm run build', async () => {
  const source = join(packageRoot(), 'src/sources/s3-data/detectors/anchors.wat');
  const { parseWat } = await loadWabt();
  const { buffer } = parseWat(source, readFileSync(source)).toBinary({});
  expect(readFileSync(join(packageRoot(), 'dist', 'anchors.wasm')).equals(buffer)).toBe(true);
});

describe.each(ALL_DETECTORS.map((detector) => [detector.id, detector] as const))(
  '%s',
  (id, { examples, finder, rules }) => {
    it.each(examples.positive)('finds %j', (example) => {
      const [before = '', value = '', after = ''] = example.split(/[«»]/);
      const [match, ...others] = scan(before + value + after, [id]);
      expect(others).toEqual([]);
      expect(match).toMatchObject({ offset: Buffer.byteLength(before), length: Buffer.byteLength(value) });
      expect(match?.context).not.toContain(value);
      expect(match?.maskedMatch).not.toBe(value);
    });

    it.each(examples.benign)('leaves %j', (example) => {
      expect(scan(example, [id])).toEqual([]);
    });

    it('needs only what is in every match', () => {
      const needs = (finder.by === 'pattern' && finder.needs) || [''];
      for (const example of examples.positive) {
        const value = example.split(/[«»]/)[1];
        expect(needs.filter((text) => value?.includes(text))).not.toEqual([]);
      }
    });

    it('says its rules, and has examples of both', () => {
      expect(rules.length).toBeGreaterThan(0);
      expect(examples.positive.length).toBeGreaterThan(0);
      expect(examples.benign.length).toBeGreaterThan(0);
    });
  },
);

test('the scanner finds what the regular expressions of the rules find', () => {
  expect(differences(1, 200_000)).toEqual([]);
});

describe('a stream', () => {
  const values = [
    '123-45-6789',
    '4111 1111 1111 1111',
    'AKIAIOSFODNN7EXAMPLE',
    'john.smith@example.com',
    '(415) 555-2671',
  ];
  const text = values
    .map((value) => `${'words and more '.repeat(40)}${value}\n`)
    .join('')
    .repeat(400);

  it.each([1, 7, 4096, 65_537, 524_288])('is the same in pieces of %i bytes', (piece) => {
    const part = piece === 1 ? text.slice(0, 20_000) : text;
    const places = (matches: readonly Match[]) =>
      matches.map(({ detector, offset }) => [detector.id, offset]);
    expect(places(scan(part, [], { piece }))).toEqual(places(scan(part)));
  });

  it('finds a match across any border of its buffer once', () => {
    for (const border of [524_288, 524_288 - 9000, 1_048_576]) {
      for (let cut = 0; cut <= 11; cut += 1) {
        const at = border - cut;
        expect(scan(`${' '.repeat(at)}123-45-6789${' '.repeat(20_000)}`).map(({ offset }) => offset)).toEqual(
          [at],
        );
      }
    }
  });

  it.each([['utf-16le'], ['utf-16be']] as const)(
    'of %s has offsets of its bytes, and its own characters',
    (encoding) => {
      const bytes = Buffer.from('Größe 😀 123-45-6789 ja', 'utf16le');
      const [match] = scan(encoding === 'utf-16le' ? bytes : bytes.swap16(), [], { encoding });
      expect(match).toMatchObject({ offset: 18, length: 22, context: 'Größe 😀 XXX-XX-6789 ja' });
    },
  );
});

describe('masks', () => {
  it('every match in the context of another one', () => {
    const contexts = scan('a 123-45-6789 b 234-56-7890 c joe@example.com').map(({ context }) => context);
    expect(contexts).toEqual(
      Array.from({ length: 3 }, () => 'a XXX-XX-6789 b XXX-XX-7890 c jXXX@example.com'),
    );
  });

  it('what other detectors would find, though they were not asked for', () => {
    expect(scan('123-45-6789 joe@example.com', ['email'])[0]?.context).toBe('XXX-XX-6789 jXXX@example.com');
  });

  it('all of what overlaps', () => {
    const [match] = scan('a@123-45-6789.com', ['ssn']);
    expect(match?.context).not.toContain('6789');
  });

  it('is as long as the line at most, and no character is broken', () => {
    const [match] = scan(`first\n${'é'.repeat(60)}x 123-45-6789 ${'日'.repeat(60)}\nlast`);
    expect(match?.context).toMatch(/^é+x XXX-XX-6789 日+$/);
  });

  it('shows text that is no UTF-8 as Latin-1', () => {
    expect(scan(Buffer.from('Größe ü 123-45-6789', 'latin1'))[0]?.context).toBe('Größe ü XXX-XX-6789');
  });
});

describe('a set of detectors', () => {
  it('is the five where nobody names any', () => {
    expect(detectorSet().reported).toEqual(DEFAULT_DETECTORS);
    expect(detectorSet(['all']).reported).toEqual(ALL_DETECTORS);
  });

  it('refuses a name there is none of', () => {
    expect(() => detectorSet(['ssm'])).toThrow('There is no detector named "ssm".');
  });
});

describe('a pattern', () => {
  function find(pattern: string, text: string): string[] {
    const bytes = Buffer.from(text);
    return [...new Pattern(pattern).find(bytes, 0, bytes.length)].map(({ start, end }) =>
      bytes.toString('utf8', start, end),
    );
  }

  it.each([
    ['a+b', 'aab b ab', ['aab', 'ab']],
    ['(?i)cat|category', 'CATEGORY cat', ['CATEGORY', 'cat']],
    ['[a-c]{2,3}', 'abcabca', ['abc', 'abc']],
    ['\\bid-\\d{4}\\b', 'id-1234 id-12345 xid-1234', ['id-1234']],
    ['x.z', 'xyz x\nz', ['xyz']],
    ['(?<![0-9])\\x41[^B-Z]', 'AC Aa 1Aa', ['Aa']],
    ['é+', 'aéé', ['éé']],
  ])('%s', (pattern, text, expected) => {
    expect(find(pattern, text)).toEqual(expected);
  });

  it.each(['a*', '(a', '[a', 'a{300}', '(?=a)', 'a**b\\', '\\1', '^a', ''])('%j is refused', (pattern) => {
    expect(() => new Pattern(pattern)).toThrow('A pattern cannot be read');
  });

  it('takes linear time where others take for ever', () => {
    const text = Buffer.alloc(2_000_000, 'a');
    const started = performance.now();
    expect([...new Pattern('(?:a+)+b').find(text, 0, text.length)]).toEqual([]);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('custom detectors', () => {
  const employee = { id: 'employee', pattern: '\\bE\\d{6}\\b', keywords: ['Employee'], level: 'low' };

  it('find by pattern and keyword', () => {
    const matches = scan('employee: E123456, part E654321'.padEnd(200) + 'E111111', ['employee'], {
      custom: [employee],
    });
    expect(matches.map(({ maskedMatch }) => maskedMatch)).toEqual(['XXXXXXX', 'XXXXXXX']);
  });

  it('have a validator', () => {
    const card = { id: 'own_card', pattern: '\\b4\\d{15}\\b', validator: 'luhn' };
    expect(scan('4111111111111111 4111111111111112', ['own_card'], { custom: [card] })).toHaveLength(1);
  });

  it.each([
    [{ ...employee, id: 'ssn' }, 'there are two detectors named ssn'],
    [{ ...employee, pattern: '(' }, 'A pattern cannot be read'],
    [{ ...employee, pattern: 'a'.repeat(513) }, '512'],
    [{ ...employee, other: 1 }, 'other'],
  ])('are refused: %j', (definition, why) => {
    expect(() => customDetectors.parse([definition])).toThrow(why);
  });
});
