import { ensureTemporal } from '../../src/embedded/temporal-executable.ts';
/** Prints, as JSON, the executable that `ensureTemporal` gives or the failure that it throws. */
import { loadConfig } from '../../src/settings.ts';

try {
  console.log(JSON.stringify({ executable: await ensureTemporal(loadConfig().config) }));
} catch (error) {
  console.log(JSON.stringify({ type: error.type, message: error.message, remedy: error.remedy }));
}
process.exit();
