/** The command line with one more source than the product has. */
import { main } from '../../src/cli/main.ts';
import { createRegistry, sources } from '../../src/sources/registry.ts';
import { tiny } from './tiny-source/index.ts';

await main(process.argv, async () => createRegistry([...sources.all, tiny]));
