/** Records of CSV text (RFC 4180: fields may be quoted, and quoted ones hold lines) that comes in pieces of any size. */
export class CsvRecords {
  #record: string[] = [];
  #field = '';
  #quoted = false;
  /** A quote inside a quoted field, which may be its end or the first of two. */
  #quoteSeen = false;

  /** The records that end in the piece. */
  push(piece: string): string[][] {
    const records: string[][] = [];
    for (const character of piece) {
      if (this.#quoteSeen) {
        this.#quoteSeen = false;
        if (character === '"') {
          this.#field += '"';
          continue;
        }
        this.#quoted = false;
      }
      if (this.#quoted) {
        if (character === '"') this.#quoteSeen = true;
        else this.#field += character;
      } else if (character === '"' && this.#field === '') this.#quoted = true;
      else if (character === ',') this.#endField();
      else if (character === '\n') records.push(...this.#endRecord());
      else if (character !== '\r') this.#field += character;
    }
    return records;
  }

  /** What is left when the text has ended. */
  end(): string[][] {
    return this.#field === '' && this.#record.length === 0 ? [] : this.#endRecord();
  }

  #endField(): void {
    this.#record.push(this.#field);
    this.#field = '';
  }

  #endRecord(): string[][] {
    this.#endField();
    const record = this.#record;
    this.#record = [];
    // An empty line is none.
    return record.length === 1 && record[0] === '' ? [] : [record];
  }
}
