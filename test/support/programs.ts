import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that tests need and that npm does not bring. */
export interface Program {
  /** In messages. */
  title: string;
  /** Its file may have any of these names. */
  names: readonly string[];
  /** What Debian calls it. */
  debianPackage: string;
  /** How to get it where there is no Debian. */
  elsewhere: string;
}

/**
 * Where the program is. Where it is missing, root on Debian installs it; elsewhere this fails and names the package.
 */
export function findOrInstall(program: Program): string {
  const found = findProgram(program.names);
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || findProgram(['apt-get']) === undefined) throw missing(program);
  console.error(`The tests need ${program.title}: installing ${program.debianPackage} with apt-get …`);
  aptGet('update', '-q');
  aptGet('install', '-y', '-q', '--no-install-recommends', program.debianPackage);
  const installed = findProgram(program.names);
  if (installed === undefined) throw missing(program);
  return installed;
}

export function findProgram(names: readonly string[]): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/libexec',
  ];
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

function aptGet(...args: string[]): void {
  execFileSync('apt-get', args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function missing({ title, names, debianPackage, elsewhere }: Program): Error {
  return new Error(
    `The tests need ${title} (${names.join(' or ')}): install the package ${debianPackage} (Debian, Ubuntu) or ` +
      `${elsewhere}.`,
  );
}
