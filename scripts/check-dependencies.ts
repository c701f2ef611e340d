/**
 * Names dependencies that nobody uses, or whose licence is not among those we take, and fails then; where the registry
 * answers, it also lists those that have newer versions.
 *
 *     npm run check:dependencies
 */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

export interface LockedPackage {
  license?: string;
  dev?: boolean;
}

interface Manifest {
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  bin?: string | Record<string, string>;
}

const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  // Of data.
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);
/** Of tools, which we do not pass on. */
const ALLOWED_OF_TOOLS = new Set(['MPL-2.0']);
/** Packages that do not say it where npm looks, by what their licence file says. */
const READ_BY_HAND: Readonly<Record<string, string>> = { unionfs: 'Unlicense' };
const REGISTRY_MS = 20_000;

/** Packages of the lock file with a licence that we do not take, one line each. */
export function unlicensed(packages: Readonly<Record<string, LockedPackage>>): string[] {
  return Object.entries(packages).flatMap(([path, { license, dev = false }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    const expression = license ?? READ_BY_HAND[name];
    if (path === '' || (expression !== undefined && isAllowed(expression, dev))) return [];
    return [`${name}: ${expression ?? 'no licence'}`];
  });
}

/** An SPDX expression without nested parentheses: one of what `OR` parts, all of what `AND` does. */
function isAllowed(expression: string, dev: boolean): boolean {
  const alternatives = expression.replaceAll(/[()]/g, '').split(' OR ');
  return alternatives.some((all) =>
    all.split(' AND ').every((one) => ALLOWED.has(one) || (dev && ALLOWED_OF_TOOLS.has(one))),
  );
}

/**
 * The direct dependencies that no file names, no script runs, and no other one demands beside it.
 *
 * @param texts all of the project's files that may name one
 * @param manifestOf what an installed package says of itself
 */
export function unused(
  project: Manifest,
  texts: readonly string[],
  manifestOf: (name: string) => Manifest,
): string[] {
  const all = Object.keys({ ...project.dependencies, ...project.devDependencies });
  const commands = Object.values(project.scripts ?? {}).flatMap((script) => script.split(/\s+/));
  const peers = new Set(all.flatMap((name) => Object.keys(manifestOf(name).peerDependencies ?? {})));
  const isNamed = (name: string) => {
    const quoted = new RegExp(`['"]${name.replaceAll(/[/.]/g, String.raw`\$&`)}(/[^'"]*)?['"]`);
    return texts.some((text) => quoted.test(text));
  };
  return all.filter((name) => {
    const { bin = {} } = manifestOf(name);
    const programs = typeof bin === 'string' ? [name] : Object.keys(bin);
    const typed = /^@types\/(?:(\w[\w-]*?)__)?(.+)$/.exec(name);
    const typedName = typed && (typed[1] === undefined ? typed[2] : `@${typed[1]}/${typed[2]}`);
    const used =
      programs.some((program) => commands.includes(program)) ||
      peers.has(name) ||
      isNamed(name) ||
      (typedName != null && (typedName === 'node' || all.includes(typedName)));
    return !used;
  });
}

/** Null where the registry does not answer. */
async function outdated(folder: string): Promise<string[] | null> {
  const options = { cwd: folder, timeout: REGISTRY_MS };
  // Ends with 1 when there is anything to tell.
  const told = await promisify(execFile)('npm', ['outdated', '--json', '--fetch-retries=0'], options).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  try {
    const packages = JSON.parse(told.stdout === '' ? 'null' : told.stdout) as Record<
      string,
      { current?: string; latest?: string }
    > | null;
    if (packages === null || 'error' in packages) return null;
    return Object.entries(packages).map(([name, { current, latest }]) => `${name}: ${current} → ${latest}`);
  } catch {
    return null;
  }
}

function readJson(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(...path), 'utf8'));
}

function ownTexts(folder: string): string[] {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: folder }).toString();
  return files
    .split('\n')
    .filter(
      (file) =>
        /\.(ts|tsx|js|css)$|^\.[\w-]+rc\.json$|^tsconfig/.test(file) && existsSync(join(folder, file)),
    )
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

async function main(folder: string): Promise<void> {
  const { packages } = readJson(folder, 'package-lock.json') as { packages: Record<string, LockedPackage> };
  const manifestOf = (name: string) => readJson(folder, 'node_modules', name, 'package.json') as Manifest;
  const problems = [
    ...unlicensed(packages).map((line) => `✗ a licence that we do not take: ${line}`),
    ...unused(readJson(folder, 'package.json') as Manifest, ownTexts(folder), manifestOf).map(
      (name) => `✗ used by nothing: ${name}`,
    ),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  if (process.env['CI'] !== undefined) return;
  const newer = await outdated(folder);
  if (newer === null) console.error('- newer versions: the registry did not answer, or there are none');
  else for (const line of newer) console.error(`- newer: ${line}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main(join(import.meta.dirname, '..'));
