import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  stdout: string;
  stderr: string;
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

/** Starts a TypeScript file of this project, named from its root, in a process of its own. */
export function spawnNode(file: string, stdin: string): { child: ChildProcess; ended: Promise<Ended> } {
  const loader = join(root, 'test/support/typescript.js');
  const child = spawn(process.execPath, ['--import', loader, join(root, file)], {
    cwd: root,
    // Jest gives tests an environment of their own, which children do not inherit by themselves.
    env: process.env,
  });
  child.stdin.on('error', () => undefined).end(stdin);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve({ stdout, stderr, exitCode, signal }));
  });
  return { child, ended };
}

export function runNode(file: string, stdin: string): Promise<Ended> {
  return spawnNode(file, stdin).ended;
}
