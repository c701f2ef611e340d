/** Installs what only the tests need, so that no test has to wait for it; milliseconds when it is there. */
import { installMySql } from './mysql.ts';
import { installSchemathesis } from './schemathesis.ts';
import { installTemplateCheckers } from './template-checkers.ts';

console.error(`= Schemathesis: ${await installSchemathesis((line) => console.error(`  … ${line}`))}`);
console.error(
  `= Template checkers: ${await installTemplateCheckers((line) => console.error(`  … ${line}`))}`,
);
console.error(`= MySQL: ${installMySql().emptyData}`);
