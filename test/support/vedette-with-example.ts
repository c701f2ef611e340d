/** The command line with one more source than the product has. */
import { main } from '../../src/cli/main.ts';
import { createRegistry, sources } from '../../src/sources/registry.ts';
import { example } from './example-source.ts';

await main(process.argv, async () => createRegistry([...sources.all, example]));
