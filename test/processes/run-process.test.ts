import { expect, test } from '@jest/globals';
import { identify } from '../../src/processes/identity.ts';
import { runProcess } from '../../src/processes/run-process.ts';
import type { ProcessOptions } from '../../src/processes/run-process.ts';

/** Leaves a process in a session of its own that holds the output open, as an agent for credentials does. */
const AGENT = `setsid sh -c 'echo agent $$; exec sleep 300' &`;

/** Runs a shell script; a line `agent PID` of its output names the process that stays. */
async function runWithAgent(script: string, options: Partial<ProcessOptions> = {}) {
  const lines: string[] = [];
  const ending = runProcess('/bin/sh', ['-c', script], {
    environment: { PATH: process.env['PATH'] ?? '' },
    signal: new AbortController().signal,
    ...options,
    onLine: (line) => {
      lines.push(line);
      options.onLine?.(line);
    },
  });
  const result = await ending.catch((reason: unknown) => reason);
  const agent = Number(lines.find((line) => line.startsWith('agent '))?.slice(6));
  const agentStays = identify(agent) !== undefined;
  process.kill(agent, 'SIGKILL');
  return { result, agentStays, output: lines.filter((line) => !line.startsWith('agent ')) };
}

test('the exit counts, not that others hold the output open', async () => {
  const { result, agentStays, output } = await runWithAgent(
    `${AGENT} sleep 0.3; seq 20000; printf 'no newline' >&2; exit 101`,
  );
  expect(result).toMatchObject({ exitCode: 101, endedBy: null, timedOut: false });
  expect(agentStays).toBe(true);
  // All that the program itself has said, to its last word.
  expect(output).toHaveLength(20_001);
  expect(output).toContain('20000');
  expect(output).toContain('no newline');
});

test('the time limit ends the program, whoever holds the output', async () => {
  const { result, agentStays } = await runWithAgent(`${AGENT} wait`, { timeoutMs: 500 });
  expect(result).toMatchObject({ exitCode: null, endedBy: 'SIGTERM', timedOut: true });
  expect(agentStays).toBe(true);
});

test('an aborted signal ends the program, whoever holds the output', async () => {
  const abort = new AbortController();
  const reason = new Error('cancelled');
  const { result, agentStays } = await runWithAgent(`trap '' TERM; ${AGENT} wait; sleep 300`, {
    signal: abort.signal,
    graceMs: 200,
    onLine: () => abort.abort(reason),
  });
  expect(result).toBe(reason);
  expect(agentStays).toBe(true);
});

test('output that never stops does not keep it', async () => {
  const { result } = await runWithAgent(
    `setsid sh -c 'echo agent $$; while :; do echo again; sleep 0.01; done' & sleep 0.3; exit 7`,
  );
  expect(result).toMatchObject({ exitCode: 7 });
});

test('a program that says nothing for too long is ended, one that goes on talking is not', async () => {
  const run = (script: string) =>
    runProcess('sh', ['-c', script], {
      environment: { PATH: process.env.PATH ?? '' },
      signal: new AbortController().signal,
      silenceMs: 2000,
    });
  expect(await run('for n in 1 2 3 4 5 6; do echo $n; sleep 0.5; done')).toMatchObject({
    exitCode: 0,
    timedOut: false,
  });
  expect(await run('echo last; sleep 300')).toMatchObject({ endedBy: 'SIGTERM', timedOut: true });
});
