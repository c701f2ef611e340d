import { spawn } from 'node:child_process';
import { once } from 'node:events';

const PROGRESS_EVERY_MS = 10_000;

/** A step that failed: the message says what happened, `remedy` what to do. */
export class StepFailure extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}

/** Prints to stderr: what the command itself prints stays alone on stdout. */
const say = (line) => process.stderr.write(`${line}\n`);
const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;

/** Tells something that is no step. */
export function note(text) {
  say(text);
}

/** Tells of a step that has nothing to do. */
export function upToDate(name) {
  say(`= ${name} up to date`);
}

/** Tells of a failure and what to do about it. */
export function failed(failure) {
  say(`✗ ${failure.message}`);
  if (failure.remedy !== undefined) say(`  ${failure.remedy}`);
}

/**
 * Runs a command as a step: silent but for a line now and then, with all that it printed when it fails.
 *
 * @param {string} name what the step is called
 * @param {string[]} command
 * @param {{ folder: string, remedy: string }} options `remedy` says what to do when it fails
 */
export async function runStep(name, [program, ...args], { folder, remedy }) {
  const startedAt = Date.now();
  say(`… ${name}`);
  const ticking = setInterval(() => say(`… ${name}, ${seconds(startedAt)} so far`), PROGRESS_EVERY_MS);
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const result = await ending(child).finally(() => clearInterval(ticking));
  if (result !== undefined) {
    process.stderr.write(Buffer.concat(output));
    throw new StepFailure(`${name} failed after ${seconds(startedAt)}: ${result}`, remedy);
  }
  say(`✓ ${name} ${seconds(startedAt)}`);
}

/** How the child failed, or undefined. */
async function ending(child) {
  try {
    const [code, signal] = await once(child, 'close');
    if (code === 0) return undefined;
    return signal === null ? `exit code ${code}` : signal;
  } catch (error) {
    return error.message;
  }
}
