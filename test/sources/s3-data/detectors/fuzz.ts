import { detectorSet } from '../../../../src/sources/s3-data/detectors/detector-set.ts';
import { Scanner } from '../../../../src/sources/s3-data/detectors/scanner.ts';
import { reference } from './reference.ts';
import type { Reference } from './reference.ts';

/** Values and pieces of them, to be put together so that they touch. */
const PIECES = [
  '123-45-6789',
  '000-12-3456',
  '899-99-9999',
  '4111111111111111',
  '4111 1111 1111 1111',
  '4111-1111-1111-1111',
  '378282246310005',
  '3782 822463 10005',
  '6011111111111117',
  '2223003122003222',
  '5555-5555-5555-4444',
  'AKIAIOSFODNN7EXAMPLE',
  'ASIA0123456789ABCDEF',
  'AKIA',
  'john@example.com',
  'a.b@c.de',
  'x@y',
  '@',
  'b.io',
  'co.uk',
  '415-555-2671',
  '(415) 555-2671',
  '+1 415.555.2671',
  '+1(415)555-2671',
  '1-800-555-0199',
  '415',
  '555',
  '2671',
  '-',
  '.',
  ' ',
  '  ',
  '_',
  '+1',
  '1',
  '(',
  ')',
  '0',
  '9',
  'x',
  'Z',
  ',',
  '\n',
  '\u0000',
  '\u00E9',
  '%',
  '+',
  '--',
  '..',
];

/** The text of a number; the same one for the same number. */
export function fuzzText(seed: number): string {
  const random = randomOf(seed);
  const count = 1 + random(9);
  let text = '';
  for (let piece = 0; piece < count; piece += 1) text += PIECES[random(PIECES.length)];
  if (random(4) === 0) {
    const at = random(text.length);
    text = text.slice(0, at) + String.fromCharCode(32 + random(95)) + text.slice(at + random(2));
  }
  return text;
}

function randomOf(seed: number): (below: number) => number {
  let state = (seed * 0x9e37_79b9 + 0x85eb_ca6b) >>> 0;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/**
 * Compares the scanner with the reference on texts of these numbers, put together with what no match reaches across.
 *
 * @returns the texts on which they differ, at most ten, as far as they can be told apart
 */
export function differences(from: number, count: number): string[] {
  const different: string[] = [];
  const set = detectorSet();
  const together = 500;
  for (let first = from; first < from + count; first += together) {
    const texts = Array.from({ length: Math.min(together, from + count - first) }, (_, index) =>
      fuzzText(first + index),
    );
    const expected: Reference[] = [];
    let offset = 0;
    for (const text of texts) {
      for (const [detector, start, end] of reference(text))
        expected.push([detector, offset + start, offset + end]);
      offset += text.length + SEPARATOR.length;
    }
    const found = scan(texts.join(SEPARATOR), set);
    const names = (all: readonly Reference[]) => new Set(all.map((one) => one.join(':')));
    const [want, have] = [names(expected), names(found)];
    const wrong = [...want]
      .filter((name) => !have.has(name))
      .concat([...have].filter((name) => !want.has(name)));
    for (const name of wrong) {
      const at = Number(name.split(':')[1]);
      let begin = 0;
      const text = texts.find((one) => (begin += one.length + SEPARATOR.length) > at) ?? '';
      different.push(`${JSON.stringify(text)} ${name}`);
    }
    if (different.length >= 10) break;
  }
  return different.slice(0, 10);
}

const SEPARATOR = '\u0001\u0001|\u0001\u0001';

function scan(text: string, set: ReturnType<typeof detectorSet>): Reference[] {
  const found: Reference[] = [];
  const scanner = new Scanner(set, 'bytes', 0, ({ detector, offset, length }) => {
    found.push([detector.id, offset, offset + length]);
  });
  scanner.write(Buffer.from(text, 'latin1'));
  scanner.finish();
  return found;
}
