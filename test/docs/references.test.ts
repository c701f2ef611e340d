import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { createProgram } from '../../src/cli/main.ts';
import { complianceBasis } from '../../src/sources/checks/described.ts';
import { PAYLOAD_SCHEMAS, payloadSchema } from '../../src/view360/payload/payload-schema.ts';
import { openApiDocument } from '../support/api.ts';
import {
  checkReference,
  commandReference,
  configurationReference,
  detectorReference,
  errorReference,
} from '../support/references.ts';
import { testConfig } from '../support/stores.ts';

const pages = {
  'configuration.md': async () => configurationReference(),
  'detectors.md': async () => detectorReference(),
  'errors.md': async () => errorReference(),
  'commands.md': async () => commandReference(createProgram()),
  'checks.md': async () => checkReference(await complianceBasis(testConfig({}).checks)),
  'openapi.json': openApiDocument,
  ...Object.fromEntries(
    PAYLOAD_SCHEMAS.map((name) => [
      `payloads/${name}.schema.json`,
      async () => `${JSON.stringify(payloadSchema(name), undefined, 2)}\n`,
    ]),
  ),
};

test.each(Object.entries(pages))(
  'docs/%s says what the code declares (npm run docs writes it)',
  async (name, make) => {
    const file = new URL(`../../docs/reference/${name}`, import.meta.url);
    const made = await make();
    if (process.env['UPDATE_REFERENCES'] !== undefined) await writeFile(file, made);
    expect(await readFile(file, 'utf8')).toBe(made);
  },
);

test('.env.example names the documented variables', async () => {
  const example = await readFile(new URL('../../.env.example', import.meta.url), 'utf8');
  const documented =
    configurationReference().match(/`(DB|SMTP|AWS|EMAIL|ENABLE|NOTIFY|INITIAL)_[A-Z_]+`/g) ?? [];
  const names = [...new Set(documented)].map((name) => name.replaceAll('`', ''));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !example.includes(`${name}=`))).toEqual([]);
});
