import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { VedetteError } from '../errors.ts';

const MOST_BYTES = 4 * 1024 * 1024;
/** What aliases may make of a file: it is easy to write one that stands for more than memory holds. */
const MOST_ALIASES = 100;

/** What people declared in a file, and where they did. */
export interface YamlFile {
  content: unknown;
  /** `rules/own.yaml:12`: of a value, or of the nearest one around it that is written in the file. */
  at(path: readonly PropertyKey[]): string;
}

/** @throws VedetteError `config-invalid` for a folder that cannot be read; `remedy` says who names it */
export function yamlFilesIn(folder: string, remedy: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/i.test(name))
      .toSorted()
      .map((name) => join(folder, name));
  } catch (cause) {
    throw unreadable(folder, cause, remedy);
  }
}

/**
 * Reads one file.
 *
 * @param schema `failsafe` where everything is text: 1.10 is an id then, and no number
 * @returns a problem, with its line, where the file is no YAML
 * @throws VedetteError `config-invalid` for one that cannot be read, or is too large
 */
export function readYaml(
  file: string,
  { schema, remedy }: { schema: 'core' | 'failsafe'; remedy: string },
): YamlFile | { problem: string } {
  const lines = new LineCounter();
  const document = parseDocument(textOf(file, remedy), { lineCounter: lines, schema });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line } = lines.linePos(broken.pos[0]);
    const [reason = ''] = broken.message.split(/ at line|\n/);
    return { problem: `${file}:${line}: it is not valid YAML: ${reason}` };
  }
  try {
    return {
      content: document.toJS({ maxAliasCount: MOST_ALIASES }),
      at: (path) => `${file}:${lineOf(document, lines, path)}`,
    };
  } catch {
    return { problem: `${file}: its aliases lead nowhere, or stand for too much` };
  }
}

function textOf(file: string, remedy: string): string {
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES) {
      const problem = `${file} has ${size} bytes; at most ${MOST_BYTES} are read.`;
      throw new VedetteError('config-invalid', problem, { remedy });
    }
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw cause instanceof VedetteError ? cause : unreadable(file, cause, remedy);
  }
}

function unreadable(path: string, cause: unknown, remedy: string): VedetteError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new VedetteError('config-invalid', `${path} cannot be read: ${reason}.`, { remedy, cause });
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range != null) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
