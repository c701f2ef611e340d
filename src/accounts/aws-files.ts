import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../config/env.ts';
import type { Config } from '../settings.ts';

/**
 * The settings of a section, names in lower case. A value over several lines keeps its line breaks; one that begins with
 * one is a block of settings of its own (`s3 =`).
 */
export type Section = Readonly<Record<string, string | undefined>>;

/** Something to tell about one line. */
export interface Remark {
  /** From 1; null for the file as a whole. */
  line: number | null;
  text: string;
}

export interface AwsFile {
  /** By their headers as they are written, in order. */
  sections: ReadonlyMap<string, { line: number; settings: Section }>;
  /** Why AWS's Python library refuses the whole file; what follows that line has not been read then. */
  problem: Remark | null;
  /** What it reads, but not as it looks. */
  remarks: readonly Remark[];
}

/** What counts as space in Python, which is not quite what does here: a byte order mark does not. */
const SPACE = String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const OUTER_SPACE = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g');
const TRAILING_SPACE = new RegExp(`${SPACE}+$`);
const LEADING_SPACE = new RegExp(`^${SPACE}*`);
const FILE_LINES = /\r\n|\n|\r/;
const TEXT_LINES = new RegExp(String.raw`\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]`);
const HEADER = /^\[(.+)\]/s;
const SETTING = /^([^=:]*)[=:](.*)$/s;
/** What stands in it holds for every section of the file. */
const DEFAULTS = 'DEFAULT';

interface Value {
  line: number;
  pieces: string[];
}

interface SectionLines {
  line: number;
  values: Map<string, Value>;
}

/**
 * Reads a file as the parser of AWS's Python library does (Python's `configparser`), which the scanner and the AWS CLI
 * sign in with: what it accepts, refuses and overlooks is the same here.
 */
export function parseAwsFile(bytes: Uint8Array): AwsFile {
  const text = textOf(bytes);
  if (text === null) return refused({ line: lineOfBrokenText(bytes), text: 'it is not valid UTF-8' });
  const reader = new LineReader();
  for (const [index, raw] of text.split(FILE_LINES).entries()) {
    const problem = reader.read(raw, index + 1);
    if (problem !== undefined) return refused({ line: index + 1, text: problem });
  }
  const { sections, defaults, remarks } = reader;
  const whole = [...sections].map(([header, { line, values }]) => {
    const inherited = [...(defaults?.values ?? [])].filter(([key]) => !values.has(key));
    return [header, line, [...values, ...inherited]] as const;
  });
  const broken = whole.flatMap(([, , values]) => values).find(([, value]) => !isReadable(textOfValue(value)));
  if (broken !== undefined) {
    const [, { line }] = broken;
    return refused({ line, text: 'a line of the block below it is no setting (name = value)' });
  }
  return {
    sections: new Map(
      whole.map(([header, line, values]) => [header, { line, settings: settingsOf(values) }]),
    ),
    problem: null,
    remarks,
  };
}

/** What a line means depends on those before it. */
class LineReader {
  readonly sections = new Map<string, SectionLines>();
  defaults: SectionLines | undefined;
  readonly remarks: Remark[] = [];
  #section: SectionLines | undefined;
  /** That of the last setting; lines that are indented more than it belong to it. */
  #value: Value | undefined;
  #indent = 0;

  /** @returns why the file is refused with this line, if it is */
  read(raw: string, line: number): string | undefined {
    const content = strip(raw);
    if (content === '') this.#value?.pieces.push('');
    if (content === '' || /^[#;]/.test(content)) return undefined;
    const indent = LEADING_SPACE.exec(raw)?.[0].length ?? 0;
    const header = HEADER.exec(content)?.[1];
    if (this.#value !== undefined && indent > this.#indent) {
      this.#value.pieces.push(content);
      if (header !== undefined) this.#remark(line, `${content} belongs to the value above: it is indented`);
      return undefined;
    }
    this.#indent = indent;
    return header === undefined ? this.#setting(content, line) : this.#header(header, line);
  }

  #header(header: string, line: number): string | undefined {
    this.#value = undefined;
    if (header === DEFAULTS) {
      if (this.defaults === undefined)
        this.#remark(
          line,
          '[DEFAULT] is no profile: it holds for all sections; the default profile is [default]',
        );
      this.#section = this.defaults ??= { line, values: new Map() };
      return undefined;
    }
    const earlier = this.sections.get(header);
    if (earlier !== undefined) return `[${header}] is there twice, first in line ${earlier.line}`;
    this.#section = { line, values: new Map() };
    this.sections.set(header, this.#section);
    return undefined;
  }

  #setting(content: string, line: number): string | undefined {
    if (this.#section === undefined) {
      return content.startsWith('\uFEFF')
        ? 'it begins with a byte order mark'
        : 'it stands before the first [section]';
    }
    const [, name = '', value = ''] = SETTING.exec(content) ?? [];
    const key = strip(name).toLowerCase();
    if (key === '') return 'it is neither a [section] nor a setting (name = value)';
    const earlier = this.#section.values.get(key);
    if (earlier !== undefined) return `${key} is there twice in its section, first in line ${earlier.line}`;
    this.#value = { line, pieces: [strip(value)] };
    this.#section.values.set(key, this.#value);
    return undefined;
  }

  #remark(line: number, text: string): void {
    this.remarks.push({ line, text });
  }
}

/** The files with the profiles: the configured ones, else those of the user. */
export function awsFiles({ aws }: Config): { configFile: string; credentialsFile: string } {
  return {
    configFile: expanded(aws.configFile ?? join('~', '.aws', 'config')),
    credentialsFile: expanded(aws.credentialsFile ?? join('~', '.aws', 'credentials')),
  };
}

/** A file that is not there is an empty one, and so is one that may not be read: AWS's tools go on without it. */
export async function readAwsFile(path: string): Promise<AwsFile> {
  const empty: AwsFile = { sections: new Map(), problem: null, remarks: [] };
  try {
    return (await stat(path)).isFile() ? parseAwsFile(await readFile(path)) : empty;
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return empty;
    return {
      ...empty,
      remarks: [{ line: null, text: `it is passed over, as it cannot be read: ${message}` }],
    };
  }
}

function refused(problem: Remark): AwsFile {
  return { sections: new Map(), problem, remarks: [] };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function lineOfBrokenText(bytes: Uint8Array): number {
  // No byte of a character of several bytes is a line break.
  const lines = Buffer.from(bytes).toString('latin1').split(FILE_LINES);
  return lines.findIndex((line) => textOf(Buffer.from(line, 'latin1')) === null) + 1;
}

function strip(text: string): string {
  return text.replaceAll(OUTER_SPACE, '');
}

function textOfValue({ pieces }: Value): string {
  return pieces.join('\n').replace(TRAILING_SPACE, '');
}

/** Whether a value that is a block of settings consists of settings. */
function isReadable(value: string): boolean {
  if (!value.startsWith('\n')) return true;
  return value.split(TEXT_LINES).every((line) => strip(line) === '' || line.includes('='));
}

/** Without a prototype: names are somebody else's. */
function settingsOf(values: readonly (readonly [string, Value])[]): Section {
  const entries = values.map(([key, value]) => [key, textOfValue(value)] as const);
  return Object.assign(Object.create(null) as object, Object.fromEntries(entries));
}

/** As AWS's Python library expands it: a home at the beginning, and variables that are set. */
function expanded(path: string): string {
  const environment = readEnvironment();
  return path
    .replaceAll(/\$(?:(\w+)|\{([^}]*)\})/g, (whole, plain?: string, braced?: string) => {
      return environment[plain ?? braced ?? ''] ?? whole;
    })
    .replace(/^~(?=\/|$)/, () => homedir());
}
