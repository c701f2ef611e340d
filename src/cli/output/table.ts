import { isLevel } from '../../model/level.ts';
import { printable } from '../../text/printable.ts';
import { cutMiddle, levelLook, padded, relativeTime, stateStyle, widthOf } from './terminal.ts';
import type { Screen, Style } from './terminal.ts';

/** One column of a list, in tables and in CSV. */
export interface Column<Row> {
  header: string;
  value: (row: Row) => string | number | boolean | null;
  /** What JSON calls it, for `--fields`; by default the header in camel case. */
  name?: string;
  /** How a terminal shows it: a time as an age, a level or a state with its colour. */
  shows?: 'time' | 'level' | 'state';
  /** Columns of the highest rank go first where the terminal is too narrow; those without one last. */
  rank?: number;
  /** Down to so many characters the text may be cut; without it, never. */
  least?: number;
  /** Shown with `-o wide`, or when `--fields` names it. */
  wide?: true;
}

interface Cell {
  text: string;
  style?: Style | undefined;
}

const GAP = '  ';

/**
 * A table for a terminal, without lines between rows: what does not fit goes, by rank, or is cut in its middle, so that no
 * line is wider than the screen. Everything is printable.
 */
export function tableText<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { width, now, paint }: Screen,
): string {
  const cells = columns.map((column) => rows.map((row) => cellOf(column, row, now)));
  const natural = columns.map(({ header }, index) =>
    Math.max(widthOf(header), ...(cells[index] ?? []).map(({ text }) => widthOf(text))),
  );
  const shown = fit(columns, natural, width);
  const line = (cellAt: (index: number) => Cell): string =>
    shown
      .map(({ index, width: most }, place) => {
        const { text, style } = cellAt(index);
        const cut = cutMiddle(text, most);
        const filled = place === shown.length - 1 ? cut : padded(cut, most);
        return style === undefined ? filled : paint(style, filled);
      })
      .join(GAP)
      .trimEnd();
  const head = line((index) => ({ text: columns[index]?.header ?? '', style: 'bold' }));
  const body = rows.map((_row, row) => line((index) => cells[index]?.[row] ?? { text: '' }));
  return [head, ...body].map((text) => `${text}\n`).join('');
}

function cellOf<Row>({ value, shows }: Column<Row>, row: Row, now: number): Cell {
  const text = String(value(row) ?? '');
  if (shows === 'time') return { text: text === '' ? '' : relativeTime(text, now) };
  if (shows === 'level' && isLevel(text)) return levelLook(text);
  return { text: printable(text), style: shows === 'state' ? stateStyle(text) : undefined };
}

/** Which columns are shown, and how wide: first what each needs at least, then what is left in equal parts. */
function fit<Row>(
  columns: readonly Column<Row>[],
  natural: readonly number[],
  width: number,
): { index: number; width: number }[] {
  let shown = columns.map(({ rank = 0, least, header }, index) => {
    const most = natural[index] ?? 0;
    const fewest = least === undefined ? most : Math.min(most, Math.max(least, widthOf(header)));
    return { index, rank, most, width: fewest };
  });
  const taken = (): number =>
    shown.reduce((sum, column) => sum + column.width, GAP.length * (shown.length - 1));
  while (shown.length > 1 && taken() > width) {
    const highest = Math.max(...shown.map(({ rank }) => rank));
    const last = shown.findLastIndex(({ rank }) => rank === highest);
    shown = shown.filter((_column, place) => place !== last);
  }
  for (let free = width - taken(); free > 0;) {
    const cut = shown.filter((column) => column.width < column.most);
    if (cut.length === 0) break;
    const share = Math.max(1, Math.floor(free / cut.length));
    for (const column of cut) {
      const more = Math.min(share, column.most - column.width, free);
      column.width += more;
      free -= more;
    }
  }
  return shown.map((column) => ({ index: column.index, width: Math.min(column.width, width) }));
}
