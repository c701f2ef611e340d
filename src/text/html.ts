import { printable } from './printable.ts';

/** Text that is HTML already. */
class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
export type { Markup };

type Part = string | number | null | Markup | readonly Markup[];

/** HTML from a template: every value that is no markup itself is text of unknown origin, and stands there as such. */
export function html(texts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(texts.map((text, index) => `${text}${htmlOf(values[index] ?? '')}`).join(''));
}

function htmlOf(value: Part): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object' && value !== null) return value.map(({ text }) => text).join('');
  return printable(String(value ?? '')).replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
