const LESS = 0x3c;
const GREATER = 0x3e;
const NEWLINE = 0x0a;
/** Tags that end a paragraph, a cell or a text of its own; others only format what belongs together. */
const ENDS_TEXT =
  /^(?:\/(?:w:|a:)?(?:p|tc|c|si|v|f|t(?=r))\b|w:br|w:tab|w:cr|\/x?:?(?:row|comment)|\/[A-Za-z:]*(?:title|subject|creator|description|keywords)\b)/;
const MAX_TAG = 64;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text between the tags of XML, one line for each paragraph or cell. Offsets in it are of the text. */
export async function* xmlText(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isTag = false;
  let tag = '';
  let entity: string | null = null;
  for await (const piece of content) {
    const text = Buffer.alloc(piece.length * 2 + 16);
    let length = 0;
    for (const byte of piece) {
      if (isTag) {
        if (byte === GREATER) {
          isTag = false;
          if (ENDS_TEXT.test(tag)) text[length++] = NEWLINE;
        } else if (tag.length < MAX_TAG) {
          tag += String.fromCharCode(byte);
        }
      } else if (byte === LESS) {
        isTag = true;
        tag = '';
        entity = null;
      } else if (entity !== null) {
        if (byte === 0x3b || entity.length > 8) {
          length += text.write(characterOf(entity), length);
          entity = null;
        } else {
          entity += String.fromCharCode(byte);
        }
      } else if (byte === 0x26) {
        entity = '';
      } else {
        text[length++] = byte;
      }
    }
    yield text.subarray(0, length);
  }
}

function characterOf(entity: string): string {
  const [, hex, decimal] = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(entity) ?? [];
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (Number.isInteger(code) && code <= 0x10_ff_ff) return String.fromCodePoint(code);
  return ENTITIES[entity] ?? ' ';
}
