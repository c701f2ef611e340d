import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { identityOf } from '../../../src/accounts/identity.ts';
import { profileAccess } from '../../../src/accounts/profile-access.ts';
import { silent } from '../../../src/log.ts';
import type { ScanOptions } from '../../../src/model/run.ts';
import { scoutsuite } from '../../../src/sources/scoutsuite/index.ts';
import { collectInput } from '../../support/collect-input.ts';
import { startSimulation } from '../../support/moto.ts';
import type { Simulation } from '../../support/moto.ts';

const options: ScanOptions = { services: ['s3', 'iam'], regions: ['us-east-1'], initial: false };
const { signal } = new AbortController();
let simulation: Simulation;

beforeAll(async () => {
  simulation = await startSimulation([
    { profile: 'acme', accountId: '111111111111', prefix: 'acme', regions: ['us-east-1'] },
    { profile: 'globex', accountId: '222222222222', prefix: 'globex', regions: ['us-east-1'] },
  ]);
  await simulation.seed(1);
  const dead = '[profile dead]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:1\n';
  writeFileSync(simulation.configFile, `${readFileSync(simulation.configFile, 'utf8')}\n${dead}`);
}, 120_000);

afterAll(async () => {
  await simulation?.stop();
});

async function scan(profile: string, scope: Partial<ScanOptions> = {}, accountId: string | null = null) {
  const lines: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'vedette-scan-'));
  const context = { signal, logger: silent, onProgress: (line: string) => lines.push(line) };
  const input = { profile, accountId, options: { ...options, ...scope }, folder };
  return {
    ...(await scoutsuite.collect(await collectInput(simulation.config, input), context)),
    lines,
    folder,
  };
}

test('the real scanner reads a simulated account by the name of its profile', async () => {
  const [acme, globex] = await Promise.all([scan('acme', {}, '111111111111'), scan('globex')]);
  expect(acme).toMatchObject({ accountId: '111111111111', exitCode: 0 });
  expect(globex).toMatchObject({ accountId: '222222222222', exitCode: 0 });
  expect(acme.file.startsWith(acme.folder)).toBe(true);
  expect(readFileSync(acme.file, 'utf8')).toContain('acme-public-acl');
  expect(existsSync(join(acme.folder, 'scanner.json'))).toBe(false);
  expect(acme.lines.join()).toContain('Launching Scout');
});

test('another account than the expected one is refused', async () => {
  await expect(scan('acme', { services: ['s3'] }, '222222222222')).rejects.toMatchObject({
    type: 'scan-mismatch',
    message: expect.stringContaining('111111111111'),
  });
});

test('a service or region that does not exist is refused by name', async () => {
  await expect(scan('acme', { services: ['s3', 'nosuch'] })).rejects.toMatchObject({
    type: 'scan-empty',
    message: expect.stringContaining('"nosuch"'),
  });
  await expect(scan('acme', { regions: ['us-east-1', 'us-east-9'] })).rejects.toMatchObject({
    type: 'scan-empty',
    message: expect.stringContaining('"us-east-9"'),
  });
});

test('a profile that does not exist, one without credentials and no network are told apart', async () => {
  await expect(scan('nobody')).rejects.toMatchObject({
    type: 'credentials',
    exitCode: 101,
    message: 'Authentication failure: The config profile (nobody) could not be found',
    remedy: expect.stringContaining('vedette profiles list'),
  });
  await expect(scan('dead')).rejects.toMatchObject({ type: 'credentials', exitCode: 101 });
  const { credentialsFile } = simulation;
  writeFileSync(
    credentialsFile,
    `${readFileSync(credentialsFile, 'utf8')}\n[dead]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n`,
  );
  await expect(scan('dead')).rejects.toMatchObject({
    type: 'scanner-failed',
    exitCode: 101,
    remedy: expect.stringContaining('network'),
    lastLines: expect.arrayContaining([expect.stringContaining('Could not connect')]),
  });
});

test('AWS tells whose credentials a profile has', async () => {
  const who = async (profile: string) =>
    identityOf(await profileAccess(profile, simulation.config), { signal });
  expect(await who('globex')).toMatchObject({ accountId: '222222222222' });
  await expect(who('nobody')).rejects.toMatchObject({ type: 'credentials' });
});
