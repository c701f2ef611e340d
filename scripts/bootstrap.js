import { spawnSync } from 'node:child_process';
/**
 * Makes a fresh checkout ready: installs the dependencies when the lock file changed, builds when a source changed,
 * and sets up what the purpose needs. Uses nothing but Node, for there may be nothing else yet.
 *
 *     node scripts/bootstrap.js [--for demo|test] [--run COMMAND [OPTION…]]
 *
 * `--run` goes on with that vedette command, in this process, so that signals and the exit code are its own.
 */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hashOf, isStamped, stamp } from './stamp.js';
import { failed, note, runStep, StepFailure, upToDate } from './steps.js';

const LEAST_NODE = [20, 19];
const SOURCES = [
  'src',
  'web',
  'migrations',
  'scripts/build-wasm.js',
  'scripts/bundle-workflows.js',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
const root = fileURLToPath(new URL('..', import.meta.url));
const vedette = join(root, 'bin', 'vedette.js');

try {
  const { purpose, command } = parseArguments(process.argv.slice(2));
  checkNode();
  await installDependencies();
  await build();
  if (purpose !== undefined) setUp(purpose);
  if (command.length > 0) await run(command);
} catch (error) {
  if (!(error instanceof StepFailure)) throw error;
  failed(error);
  process.exitCode = 1;
}

function parseArguments(args) {
  const runAt = args.indexOf('--run');
  const own = runAt === -1 ? args : args.slice(0, runAt);
  const command = runAt === -1 ? [] : args.slice(runAt + 1);
  const [flag, purpose, ...rest] = own;
  const known =
    own.length === 0 || (flag === '--for' && ['demo', 'test'].includes(purpose) && rest.length === 0);
  if (!known)
    throw new StepFailure(
      `unknown options: ${own.join(' ')}`,
      'Known are --for demo|test and --run COMMAND.',
    );
  return { purpose, command };
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  throw new StepFailure(
    `Node ${process.versions.node} is too old`,
    `Install Node ${LEAST_NODE.join('.')} or later: https://nodejs.org`,
  );
}

/** Native modules are made for one version of Node's binary interface, so that counts too. */
async function installDependencies() {
  const { platform, arch, versions } = process;
  const wanted = `${hashOf(root, ['package-lock.json'])} ${platform}-${arch} abi-${versions.modules}\n`;
  const file = join(root, 'node_modules', '.vedette-stamp');
  if (isStamped(file, wanted)) return upToDate('dependencies');
  note('The first start installs and builds: some minutes, longer on a busy machine. What is done is kept.');
  await runStep('dependencies (npm ci)', ['npm', 'ci', '--include=dev', '--no-audit', '--no-fund'], {
    folder: root,
    remedy:
      'Check the network and the npm registry; better-sqlite3 needs a C++ compiler, make and Python where it has no ' +
      'prebuilt binary (Debian: apt-get install build-essential python3).',
  });
  stamp(file, wanted);
}

async function build() {
  const wanted = `${hashOf(root, SOURCES)}\n`;
  const file = join(root, 'dist', '.vedette-stamp');
  if (isStamped(file, wanted)) return upToDate('build');
  await runStep('build', ['npm', 'run', '--silent', 'build'], {
    folder: root,
    remedy: 'Mend the named source; npm run typecheck shows the same.',
  });
  stamp(file, wanted);
}

/** It tells of its own steps, so its output is shown as it comes. */
function setUp(purpose) {
  const { status, signal, error } = spawnSync(process.execPath, [vedette, 'setup', '--for', purpose], {
    stdio: ['ignore', 2, 'inherit'],
  });
  if (status === 0) return;
  throw new StepFailure(
    `setup failed: ${error?.message ?? signal ?? `exit code ${status}`}`,
    'Start again, after mending what is named above; what is done already is kept, so that it goes on from there.',
  );
}

async function run(command) {
  process.argv = [process.execPath, vedette, ...command];
  await import(pathToFileURL(vedette).href);
}
