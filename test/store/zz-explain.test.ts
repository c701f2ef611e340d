import { test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { createDatabase } from '../support/stores.ts';
import { fillWithManyEvents } from '../support/many-events.ts';
import { QUERIES } from '../support/documented-queries.ts';
test('x', async () => {
  let all='';
  for (const drop of [[] as string[]]) for (const n of [20,2,1]) {
  const db = createDatabase('mariadb'); const store = await db.open();
  let out='';
  const t=Date.now(); await fillWithManyEvents(store, n); for (const d of drop) { const [t,i]=d.split('.'); await store.session(x=>x.execute(`DROP INDEX ${i} ON ${t}`)); } out+=`\n##### ${n} ${drop}\n`; out+=`fill ${Date.now()-t}\n`;
  out+=JSON.stringify(await store.read('select (select count(*) from scout_events) e,(select count(*) from scout_event_findings) l,(select count(*) from scout_findings) f, (select count(*) from scout_events where resolved_at is null) a, (select count(*) from scout_events where notified=0) n'))+'\n';
  for (const [n,q] of Object.entries(QUERIES)) { out+=n+'\n'; for (const r of await store.read<any>('EXPLAIN '+q.sql)) out+=`   ${r.table} type=${r.type} key=${r.key} len=${r.key_len} rows=${r.rows} poss=${r.possible_keys} ${r.Extra}\n`; const t0=Date.now(); const rows=await store.read(q.sql); out+=`   -> ${rows.length} rows ${Date.now()-t0} ms\n`; }
  all+=out; writeFileSync('/tmp/explain.txt', all);
  await db.remove(); }
}, 600000);
