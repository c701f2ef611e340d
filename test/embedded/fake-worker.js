/** Stands in for `vedette worker`: says that it is ready, notes how it is ended. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

const notes = join(process.env.VEDETTE_HOME, 'worker-notes');
appendFileSync(notes, `started ${process.env.TEMPORAL_ADDRESS}\n`);
process.on('SIGTERM', () => {
  appendFileSync(notes, 'ended\n');
  process.exit(0);
});
setInterval(() => undefined, 1000);
process.send?.('ready');
