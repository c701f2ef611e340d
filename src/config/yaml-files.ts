import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isNode } from 'yaml';
import type { Document, LineCounter } from 'yaml';
import { VedetteError } from '../errors.ts';
import { readRegularFile } from '../regular-file.ts';
import { readYaml } from '../text/yaml.ts';

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
 * @param isText whether all is text, so that 1.10 is an id, and no number
 * @returns a problem, with its line, where the file is no YAML
 * @throws VedetteError `config-invalid` for one that cannot be read, is no regular file, or is too large
 */
export function readYamlFile(
  file: string,
  { isText = false, remedy }: { isText?: boolean; remedy: string },
): YamlFile | { problem: string } {
  const read = readYaml(readRegularFile(file, { remedy }), { isText });
  if ('problem' in read) {
    const place = read.line === null ? file : `${file}:${read.line}`;
    return { problem: `${place}: it is not valid YAML: ${read.problem}` };
  }
  const { content, document, lines } = read;
  return { content, at: (path) => `${file}:${lineOf(document, lines, path)}` };
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
