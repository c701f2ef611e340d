/** Runs a shell that waits for a child of its own; prints the child's process id. */
import { runProcess } from '../../src/processes/run-process.ts';

await runProcess('/bin/sh', ['-c', 'sleep 300 & echo $!; wait'], {
  environment: { PATH: process.env['PATH'] ?? '' },
  signal: new AbortController().signal,
  onLine: (line) => console.log(line),
});
