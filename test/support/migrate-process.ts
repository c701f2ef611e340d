/** A process that opens the database of the given configuration and migrates it; prints what it applied. */
import { text } from 'node:stream/consumers';
import { silent } from '../../src/log.ts';
import type { Config } from '../../src/settings.ts';
import { migrateStore } from '../../src/store/database/migrate.ts';
import { openStore } from '../../src/store/database/open.ts';

const config = JSON.parse(await text(process.stdin)) as Config;
const store = await openStore(config, silent);
const applied = await migrateStore(store);
await store.close();
console.log(JSON.stringify(applied));
