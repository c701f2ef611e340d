/** A process that owns a stack until it is ended, as `vedette up` does; prints the stack when it is ready. */
import { fileURLToPath } from 'node:url';
import { ensureStack } from '../../src/embedded/stack.ts';
import { createLogger } from '../../src/log.ts';
import { loadConfig } from '../../src/settings.ts';

const stack = await ensureStack(loadConfig().config, {
  logger: createLogger('warn', { pretty: false }),
  signal: new AbortController().signal,
  stays: true,
  workerCommand: [process.execPath, fileURLToPath(new URL('fake-worker.js', import.meta.url))],
});
process.on('SIGTERM', () => {
  void stack.stop().finally(() => process.exit());
});
console.log(JSON.stringify(stack));
