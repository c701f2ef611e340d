/** Takes text in pieces, gives the records in it. Quoting is that of RFC 4180: lines may end inside of quotes. */
export class CsvRecords {
  readonly #delimiter: string;
  readonly #maxLength: number;
  #record: string[] = [];
  #field = '';
  #length = 0;
  #state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  #afterReturn = false;

  /** @param maxLength of a record, in characters; longer ones are refused */
  constructor(delimiter: string, maxLength: number) {
    this.#delimiter = delimiter;
    this.#maxLength = maxLength;
  }

  /** @throws RangeError for a record that is too long, SyntaxError for text behind a closing quote. */
  *write(text: string): Generator<string[]> {
    let from = 0;
    for (let index = 0; index < text.length; index += 1) {
      const character = text[index] as string;
      if (this.#state === 'quoted') {
        if (character !== '"') continue;
        this.#add(text.slice(from, index));
        this.#state = 'closed';
        from = index + 1;
      } else if (character === '\n' && this.#afterReturn) {
        this.#afterReturn = false;
        from = index + 1;
      } else if (character === this.#delimiter || character === '\n' || character === '\r') {
        this.#afterReturn = character === '\r';
        this.#add(text.slice(from, index));
        this.#endField();
        from = index + 1;
        if (character !== this.#delimiter) yield* this.#endRecord();
      } else if (character === '"' && this.#state !== 'plain') {
        // Two in a row inside of quotes are one that is meant.
        if (this.#state === 'closed') this.#add('"');
        this.#state = 'quoted';
        this.#afterReturn = false;
        from = index + 1;
      } else {
        if (this.#state === 'closed') throw new SyntaxError('has text behind a closing quote');
        this.#state = 'plain';
        this.#afterReturn = false;
      }
    }
    this.#add(text.slice(from));
  }

  /** What follows the last end of a line, if anything. @throws SyntaxError when it ends inside of quotes. */
  *end(): Generator<string[]> {
    if (this.#state === 'quoted') throw new SyntaxError('ends inside of quotes');
    if (this.#record.length === 0 && this.#state === 'start') return;
    this.#endField();
    yield* this.#endRecord();
  }

  #add(text: string): void {
    this.#length += text.length;
    if (this.#length > this.#maxLength) throw new RangeError(`has more than ${this.#maxLength} characters`);
    this.#field += text;
  }

  #endField(): void {
    this.#record.push(this.#field);
    this.#field = '';
    this.#state = 'start';
  }

  /** An empty line is no record. */
  *#endRecord(): Generator<string[]> {
    const record = this.#record;
    this.#record = [];
    this.#length = 0;
    if (record.length > 1 || record[0] !== '') yield record;
  }
}
