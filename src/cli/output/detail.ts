import { isLevel } from '../../model/level.ts';
import { printable } from '../../text/printable.ts';
import { levelLook, padded, relativeTime, stateStyle, widthOf, wrapped } from './terminal.ts';
import type { Screen } from './terminal.ts';

/** A line with a name; nothing is said of what is null. */
export type Fact = readonly [name: string, value: string | number | null | undefined];

/** One thing as people read it: what it is, how it stands, and what there is to say of it, in parts. */
export interface Detail {
  title: string;
  /** Levels and states, below the title. */
  badges?: readonly string[];
  parts: readonly Part[];
}

export interface Part {
  title?: string;
  /** Paragraphs are separated by empty lines. */
  text?: string | null | undefined;
  facts?: readonly Fact[];
  lines?: readonly string[];
}

const INDENT = '  ';
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Text for a terminal, or for whatever reads it in its place; everything is printable. Parts without content are left out. */
export function detailText({ title, badges = [], parts }: Detail, screen: Screen): string {
  const { paint, width } = screen;
  const head = wrapped(printable(title), width).map((line) => paint('bold', line));
  if (badges.length > 0) head.push(badges.map((badge) => badgeText(badge, screen)).join(INDENT));
  const blocks = parts.map((part) => partLines(part, screen)).filter((lines) => lines.length > 0);
  return [head, ...blocks].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** A name of a program's, such as `lastUsedAt`, as people write it: `Last used at`. */
export function words(name: string): string {
  const spaced = name
    .replaceAll(/[_-]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function badgeText(badge: string, { paint }: Screen): string {
  if (isLevel(badge)) {
    const { text, style } = levelLook(badge);
    return paint(style, text);
  }
  const style = stateStyle(badge);
  return style === undefined ? printable(badge) : paint(style, printable(badge));
}

function partLines({ title, text, facts = [], lines = [] }: Part, screen: Screen): string[] {
  const room = screen.width - INDENT.length;
  const body = [
    ...(text == null ? [] : text.split(/\s*\n\s*/).flatMap((line) => wrapped(printable(line), room))),
    ...factLines(facts, screen, room),
    ...lines.flatMap((line) => wrapped(timed(line, screen), room)),
  ].map((line) => `${INDENT}${line}`);
  if (body.length === 0) return [];
  return title === undefined ? body : [screen.paint('bold', title), ...body];
}

function factLines(facts: readonly Fact[], screen: Screen, room: number): string[] {
  const known = facts.filter(([, value]) => value != null && value !== '');
  const names = Math.max(0, ...known.map(([name]) => widthOf(printable(name))));
  const indent = ' '.repeat(names + INDENT.length);
  return known.flatMap(([name, value]) => {
    const [first = '', ...rest] = wrapped(timed(String(value), screen), room - indent.length);
    const label = screen.paint('gray', padded(printable(name), names));
    return [`${label}${INDENT}${first}`, ...rest.map((line) => `${indent}${line}`)];
  });
}

/** A time is told exactly, and how long ago that is where somebody looks. */
function timed(value: string, { now, width }: Screen): string {
  if (!ISO_TIME.test(value)) return printable(value);
  const exact = `${value.slice(0, 19).replace('T', ' ')} UTC`;
  return width === Infinity ? exact : `${exact} (${relativeTime(value, now)})`;
}
