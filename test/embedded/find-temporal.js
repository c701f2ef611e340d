import { ensureTemporal } from '../../src/embedded/temporal-executable.ts';
/** Prints, as JSON, the executable that `ensureTemporal` gives with what it told, or the failure that it throws. */
import { loadConfig } from '../../src/settings.ts';

const told = [];
try {
  const onProgress = (message) => told.push(message);
  const executable = await ensureTemporal(loadConfig().config, { onProgress });
  console.log(JSON.stringify({ executable, told }));
} catch (error) {
  console.log(JSON.stringify({ type: error.type, message: error.message, remedy: error.remedy }));
}
process.exit();
