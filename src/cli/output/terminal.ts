import { styleText } from 'node:util';
import { eastAsianWidth } from 'get-east-asian-width';
import type { Level } from '../../model/level.ts';

/** What is drawn on: its width in characters (infinite where nothing is to be cut), the present time, and colours. */
export interface Screen {
  width: number;
  now: number;
  paint: (style: Style, text: string) => string;
}

export type Style = Parameters<typeof styleText>[0];

const USUAL_WIDTH = 80;
/** ASCII, and the signs that our own texts use. */
const NARROW = /^[ -~…–·•✓✗⬢▲◆■○]*$/;
const INVISIBLE = /^[\p{Mark}\p{Default_Ignorable_Code_Point}\p{Control}\p{Surrogate}]+$/u;
const EMOJI = /\p{Emoji_Presentation}|\uFE0F|\u20E3/u;

/** Made when the first text needs it, which most do not. */
let segmenter: Intl.Segmenter | undefined;

/** Colours are told apart by shape too, as in the dashboard. */
const LEVEL_LOOKS: Readonly<Record<Level, { symbol: string; style: Style }>> = {
  critical: { symbol: '⬢', style: ['bold', 'red'] },
  high: { symbol: '▲', style: 'red' },
  medium: { symbol: '◆', style: 'yellow' },
  low: { symbol: '■', style: 'cyan' },
  info: { symbol: '○', style: 'gray' },
};

const STATE_STYLES: Readonly<Record<string, Style>> = {
  suppressed: 'gray',
  resolved: 'green',
  running: 'cyan',
  completed: 'green',
  success: 'green',
  recorded: 'green',
  ok: 'green',
  partial: 'yellow',
  paused: 'yellow',
  interrupted: 'yellow',
  'partly-failed': 'yellow',
  failed: 'red',
  'failed-scan': 'red',
  'failed-parsing': 'red',
  broken: 'red',
};

const UNITS = [
  ['y', 365 * 86_400_000],
  ['mo', 30 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const;

/** Stdout as it is now; colours as NO_COLOR and FORCE_COLOR want them, and none where nobody looks. */
export function screen(): Screen {
  const { columns } = process.stdout;
  return {
    width: process.stdout.isTTY ? columns || USUAL_WIDTH : Infinity,
    now: Date.now(),
    // One style after the other: of several at once, Node 20 does not ask whether the stream takes colours.
    paint: (style, text) =>
      text === ''
        ? text
        : [style].flat().reduce((painted, one) => styleText(one, painted, { stream: process.stdout }), text),
  };
}

export function levelLook(level: Level): { text: string; style: Style } {
  const { symbol, style } = LEVEL_LOOKS[level];
  return { text: `${symbol} ${level}`, style };
}

export function stateStyle(state: string): Style | undefined {
  return Object.hasOwn(STATE_STYLES, state) ? STATE_STYLES[state] : undefined;
}

/** Columns of a terminal that the text takes; wide characters take two, combining ones none. */
export function widthOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  return graphemesOf(text).reduce((width, grapheme) => width + graphemeWidth(grapheme), 0);
}

/** What people see as one character may be several to a program. */
function graphemesOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

function graphemeWidth(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0;
  return EMOJI.test(grapheme) ? 2 : eastAsianWidth(grapheme.codePointAt(0) ?? 0);
}

/** Filled up with spaces to so many columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** At most so many columns: of longer text the beginning and the end, which tell names apart. */
export function cutMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const graphemes = graphemesOf(text);
  const head = fitting(graphemes, Math.ceil((width - 1) / 2));
  const rest = graphemes.slice(head.length).toReversed();
  const tail = fitting(rest, width - 1 - widthOf(head.join('')));
  return `${head.join('')}…${tail.toReversed().join('')}`;
}

/** At most so many columns: of longer text the beginning. */
export function cutEnd(text: string, width: number): string {
  return widthOf(text) <= width ? text : `${fitting(graphemesOf(text), width - 1).join('')}…`;
}

/** As many of the first as fit. */
function fitting(graphemes: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let left = width;
  for (const grapheme of graphemes) {
    left -= widthOf(grapheme);
    if (left < 0) break;
    taken.push(grapheme);
  }
  return taken;
}

/** Lines of whole words, none wider than `width`; a word that is wider is broken. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((whole) => pieces(whole, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const graphemes = graphemesOf(word);
  const parts: string[] = [];
  while (graphemes.length > 0) {
    const part = fitting(graphemes, width);
    parts.push(graphemes.splice(0, Math.max(1, part.length)).join(''));
  }
  return parts;
}

/** An ISO time as people say it: `4d ago`, `in 3h`, `now`. */
export function relativeTime(iso: string, now: number): string {
  const distance = Date.parse(iso) - now;
  const unit = UNITS.find(([, length]) => Math.abs(distance) >= length);
  if (unit === undefined) return 'now';
  const [name, length] = unit;
  const amount = `${Math.trunc(Math.abs(distance) / length)}${name}`;
  return distance < 0 ? `${amount} ago` : `in ${amount}`;
}
