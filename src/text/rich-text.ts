/** A part of a line; `code` stands in a fixed-width font. */
export interface Span {
  text: string;
  code: boolean;
}
/** A paragraph, or an item of a list. */
export interface Block {
  item: boolean;
  spans: Span[];
}

const TAG = /<(\/?)(br|p|ul|ol|li|samp|code|b|i|strong|em)\s*\/?>|\r?\n/gi;

/**
 * The few tags that scanners write into their explanations, read into paragraphs, items and code. Everything else, also
 * any other tag, stays the text it is.
 */
export function richText(text: string): Block[] {
  const blocks: Block[] = [{ item: false, spans: [] }];
  let code = false;
  let end = 0;
  const add = (part: string): void => {
    if (part !== '') blocks.at(-1)?.spans.push({ text: part, code });
  };
  for (const { 0: match, 1: closing, 2: tag, index } of text.matchAll(TAG)) {
    add(text.slice(end, index));
    end = index + match.length;
    const name = tag?.toLowerCase() ?? 'br';
    if (name === 'samp' || name === 'code') code = closing === '';
    else if (!['b', 'i', 'strong', 'em'].includes(name)) {
      blocks.push({ item: name === 'li' && closing === '', spans: [] });
    }
  }
  add(text.slice(end));
  return blocks.filter(({ spans }) => spans.some((span) => span.text.trim() !== ''));
}
