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

type Values = Map<string, Value>;

/**
 * Reads a file as the parser of AWS's Python library does (Python's `configparser`), which the scanner and the AWS CLI
 * sign in with: what it accepts, refuses and overlooks is the same here.
 */
export function parseAwsFile(bytes: Uint8Array): AwsFile {
  const text = textOf(bytes);
  if (text === null) return refused(lineOfBrokenText(bytes), 'it is not valid UTF-8');
  const headers = new Map<string, { line: number; values: Values }>();
  const defaults = { line: 0, values: new Map() as Values };
  const remarks: Remark[] = [];
  let current: { line: number; values: Values } | undefined;
  let value: Value | undefined;
  let indent = 0;
  for (const [index, raw] of text.split(FILE_LINES).entries()) {
    const line = index + 1;
    const content = strip(raw);
    if (content === '') value?.pieces.push('');
    if (content === '' || /^[#;]/.test(content)) continue;
    const ownIndent = LEADING_SPACE.exec(raw)?.[0].length ?? 0;
    const header = HEADER.exec(content)?.[1];
    if (value !== undefined && ownIndent > indent) {
      value.pieces.push(content);
      if (header !== undefined)
        remarks.push({ line, text: `${content} belongs to the value above: it is indented` });
      continue;
    }
    indent = ownIndent;
    if (header !== undefined) {
      const known = headers.get(header);
      if (known !== undefined) {
        return refused(line, `[${header}] is there twice, first in line ${known.line}`);
      }
      current = header === DEFAULTS ? defaults : { line, values: new Map() };
      if (current === defaults) defaults.line ||= line;
      else headers.set(header, current);
      value = undefined;
      continue;
    }
    if (current === undefined) {
      return refused(
        line,
        content.startsWith('\uFEFF')
          ? 'it begins with a byte order mark'
          : 'it stands before the first [section]',
      );
    }
    const [, name = '', first = ''] = SETTING.exec(content) ?? [];
    const key = strip(name).toLowerCase();
    if (key === '') return refused(line, 'it is neither a [section] nor a setting (name = value)');
    const earlier = current.values.get(key);
    if (earlier !== undefined) {
      return refused(line, `${key} is there twice in its section, first in line ${earlier.line}`);
    }
    value = { line, pieces: [strip(first)] };
    current.values.set(key, value);
  }
  if (defaults.line > 0) {
    const line = defaults.line;
    remarks.push({
      line,
      text: '[DEFAULT] is no profile: it holds for all sections; the default profile is [default]',
    });
  }
  const sections = [...headers].map(([header, { line, values }]) => {
    return [
      header,
      { line, values: new Map([...values, ...[...defaults.values].filter(([key]) => !values.has(key))]) },
    ] as const;
  });
  const broken = sections
    .flatMap(([, { values }]) => [...values.values()])
    .find((one) => !isReadable(textOfValue(one)));
  if (broken !== undefined)
    return refused(broken.line, 'a line of the block below it is no setting (name = value)');
  return {
    sections: new Map(
      sections.map(([header, { line, values }]) => [header, { line, settings: settingsOf(values) }]),
    ),
    problem: null,
    remarks,
  };
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

function refused(line: number, text: string): AwsFile {
  return { sections: new Map(), problem: { line, text }, remarks: [] };
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
function settingsOf(values: Values): Section {
  const entries = [...values].map(([key, value]) => [key, textOfValue(value)] as const);
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
