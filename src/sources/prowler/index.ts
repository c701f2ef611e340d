import { defineSource } from '../source.ts';
import { prowlerResults } from './importable.ts';
import { interpretProwler } from './interpret.ts';

/** Results of Prowler, which others ran: it is only imported. */
export const prowler = defineSource({
  id: 'prowler',
  title: 'Prowler',
  settings: {},
  importable: prowlerResults,
  interpret: interpretProwler,
});
