import { expect, test } from '@jest/globals';
import { richText } from '../../src/text/rich-text.ts';

/** Blocks as lines: items begin with a hyphen, code stands between backquotes. */
function lines(text: string): string[] {
  return richText(text).map(({ item, spans }) => {
    const words = spans.map((span) => (span.code ? `\`${span.text}\`` : span.text)).join('');
    return item ? `- ${words}` : words;
  });
}

test('reads the few tags that scanners write', () => {
  expect(lines('One.<br><br>Two: <samp>Action: *</samp>, <b>not</b> more.')).toEqual([
    'One.',
    'Two: `Action: *`, not more.',
  ]);
  expect(lines('Policies are:<ul><li>A</li><li>B</li></ul>And so on\nto the end')).toEqual([
    'Policies are:',
    '- A',
    '- B',
    'And so on',
    'to the end',
  ]);
});

test.each(['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', 'a < b > c', '<li onclick=x>'])(
  'leaves every other tag as text: %s',
  (text) => {
    expect(lines(text)).toEqual([text]);
  },
);

test('has nothing for nothing', () => {
  expect(richText('<br> <ul></ul>')).toEqual([]);
});
