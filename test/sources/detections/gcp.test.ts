import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { projectAccess } from '../../../src/accounts/project-access.ts';
import { reportOf } from '../../../src/coverage/scoring/accounts.ts';
import { TEMPLATES } from '../../../src/coverage/templates/declarations.ts';
import { generateTemplate } from '../../../src/coverage/templates/generate.ts';
import { slugOf } from '../../../src/coverage/templates/header.ts';
import type { Project } from '../../../src/model/account.ts';
import type { AccountCoverage, Detection } from '../../../src/model/coverage.ts';
import type { Observation } from '../../../src/model/observation.ts';
import { loadConfig } from '../../../src/settings.ts';
import { detections } from '../../../src/sources/detections/index.ts';
import { collectWhole } from '../../support/collect-whole.ts';
import { GOOGLE_PROJECT } from '../../support/google-project.ts';
import { Refusal, startGoogle } from '../../support/google-stand-in.ts';
import type { Answers, GoogleStandIn } from '../../support/google-stand-in.ts';
import { deployedInProject } from '../../support/google-templates.ts';
import { emptyLedger } from '../../support/ledger.ts';

const PROJECT: Project = {
  organizationId: 'default',
  name: 'shop',
  kind: 'gcp-project',
  projectId: 'shop-prod',
  serviceAccount: null,
  createdAt: '',
  createdBy: '',
  checkedAt: null,
  problem: null,
};

let google: GoogleStandIn;
let folder: string;
let credentials: string;
let answers: Answers = GOOGLE_PROJECT;

beforeAll(async () => {
  google = await startGoogle(() => answers);
  folder = await mkdtemp(join(tmpdir(), 'vedette-gcp-'));
  credentials = await google.credentialsFile(folder);
});

afterAll(async () => {
  await google.stop();
  await rm(folder, { recursive: true, force: true });
});

const detectionsIn = (all: readonly Observation[]): Detection[] =>
  all.flatMap((one) => (one.kind === 'detection' ? [one.detection] : []));
const coverageIn = (all: readonly Observation[]): AccountCoverage =>
  all.flatMap((one) => (one.kind === 'coverage' ? [one.coverage] : []))[0] as AccountCoverage;
const named = (all: readonly Observation[], name: string): Detection | undefined =>
  detectionsIn(all).find((one) => one.name === name);
const codesOf = (detection: Detection | undefined, severity = 'broken'): string[] =>
  (detection?.reasons ?? []).filter((reason) => reason.severity === severity).map(({ code }) => code);

describe('a scan of a project of Google Cloud', () => {
  let seen: Observation[];
  beforeAll(async () => {
    seen = await scan(GOOGLE_PROJECT);
  });

  it('finds what works, and what it sees', () => {
    expect(named(seen, 'sink-deleted')).toMatchObject({
      kind: 'gcp-log-alert',
      health: 'healthy',
      sees: null,
    });
    expect(named(seen, 'sink-deleted')?.techniques[0]?.id).toBe('T1562.008');
    expect(named(seen, 'firewall-changed')).toMatchObject({ health: 'healthy', targetServices: ['VPC'] });
    // The organisation has its Data Access logs switched on.
    expect(named(seen, 'secret-read')).toMatchObject({
      health: 'healthy',
      targetServices: ['SecretManager'],
    });
    expect(named(seen, 'Event Threat Detection')).toMatchObject({ kind: 'gcp-scc', health: 'healthy' });
    expect(named(seen, 'regions (CONFIGURABLE_ALLOWED_COMPUTE_ENGINE_REGION)')?.techniques[0]?.id).toBe(
      'T1535',
    );
  });

  it.each([
    ['off', 'policy-disabled'],
    ['untold', 'no-channel'],
    ['channel-gone', 'channel-gone'],
    ['channel-off', 'channel-disabled'],
    ['unverified', 'channel-unverified'],
    ['snoozed', 'policy-snoozed'],
    ['metric-off', 'metric-disabled'],
    ['metric-unfed', 'bucket-unfed'],
    ['metric-gone', 'metric-gone'],
    ['objects-read', 'data-access-off'],
    ['unreadable', 'pattern-unreadable'],
    ['lonely', 'no-alert-policy'],
    ['VM Threat Detection', 'scc-service-off'],
    ['addresses (CONFIGURABLE_BAD_IP)', 'scc-module-off'],
  ])('%s is broken: %s', (name, code) => {
    expect(named(seen, name)?.health).toBe('broken');
    expect(codesOf(named(seen, name))).toEqual([code]);
  });

  it('leaves out what looks at how things run', () => {
    expect(named(seen, 'cpu')).toBeUndefined();
    expect(named(seen, 'errors')).toBeUndefined();
  });

  it('leaves out rules that are switched off, or whose log is not there', () => {
    const evidence = named(seen, 'Event Threat Detection')?.techniques.flatMap((one) => one.evidence) ?? [];
    expect(evidence.length).toBeGreaterThan(0);
    expect(evidence).not.toContain('Security Command Center finds Persistence: SSO Settings Changed');
    expect(evidence).not.toContain('Security Command Center finds Active Scan: Log4j Vulnerable to RCE');
  });

  it('makes each an event, and counts none of them', () => {
    const events = seen.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
    expect(events.find(({ checkId }) => checkId === 'no-channel')).toMatchObject({
      service: 'monitoring',
      resourceName: 'untold',
      region: null,
      details: { fact: 'monitoring:ListAlertPolicies: notificationChannels []' },
    });
    const broken = detectionsIn(seen).filter(({ health }) => health === 'broken');
    expect(new Set(events.map(({ resourceId }) => resourceId))).toEqual(new Set(broken.map(({ id }) => id)));
    const report = reportOf(
      [{ ...coverageIn(seen), accountId: 'shop-prod', scanId: 1, scanTime: '', detections: broken }],
      [],
    );
    expect(report.summary).toMatchObject({ covered: 0, partial: 0 });
  });

  it('knows the services in use', () => {
    const services = coverageIn(seen).servicesInUse.map(({ service }) => service);
    expect(services).toEqual(expect.arrayContaining(['CloudStorage', 'SecretManager']));
    expect(services).not.toContain('CloudSQL');
    expect(coverageIn(seen)).toMatchObject({ provider: 'gcp', unseen: [], servicesUnknown: [] });
  });

  it('asks each list once', () => {
    const lists = google.asked.filter(
      (one) => !one.includes(':searchAllResources') && !one.includes('/metrics'),
    );
    expect(lists.length).toBe(new Set(lists).size);
  });
});

describe('templates that are deployed in a project', () => {
  const techniques = TEMPLATES.filter(({ gcp }) => gcp !== undefined).map(({ technique }) => technique);
  let deployed: Observation[];
  beforeAll(async () => {
    const texts = techniques.map((technique) => generateTemplate(technique, 'gcp', 'terraform').text);
    deployed = await scan(deployedInProject('shop-prod', texts));
  });

  it('are all that is found', () => {
    const names = detectionsIn(deployed).map(({ name }) => name);
    expect(new Set(names).size).toBe(techniques.length);
  });

  it.each(techniques)('%s is found, works and counts', (technique) => {
    const policy = named(deployed, `vedette-${slugOf(technique)} detection`);
    expect(policy).toMatchObject({ kind: 'gcp-log-alert', health: 'healthy', reasons: [] });
    expect(coverageOf(deployed, technique, [policy as Detection])).toBe(100);
  });

  it('see nothing where their Data Access logs are off', async () => {
    const reading = generateTemplate('T1555.006', 'gcp', 'terraform').text;
    const without = await scan({
      ...deployedInProject('shop-prod', [reading]),
      '/v3/projects/shop-prod:getIamPolicy': { auditConfigs: [] },
    });
    const [policy] = detectionsIn(without);
    expect(codesOf(policy)).toEqual(['data-access-off']);
    expect(coverageOf(without, 'T1555.006', [policy as Detection])).toBe(0);
  });

  function coverageOf(all: readonly Observation[], technique: string, own: Detection[]) {
    const account = { ...coverageIn(all), accountId: 'shop-prod', scanId: 1, scanTime: '' };
    const { techniques: judged } = reportOf([{ ...account, detections: own }], []);
    return judged.find(({ id }) => id === technique)?.techniqueCoverage;
  }
});

describe('what is refused', () => {
  it('makes what it decides unknown, never healthy and never absent', async () => {
    const seen = await scan({
      ...GOOGLE_PROJECT,
      '/v3/projects/shop-prod/notificationChannels': new Refusal(403, 'PERMISSION_DENIED'),
      '/v3/organizations/7:getIamPolicy': new Refusal(403, 'PERMISSION_DENIED'),
      '/v1/projects/shop-prod/locations/global/securityCenterServices': new Refusal(
        403,
        'PERMISSION_DENIED',
        'SERVICE_DISABLED',
      ),
      '/v1/projects/shop-prod:searchAllResources': new Refusal(403, 'PERMISSION_DENIED'),
      '/v1/projects/shop-prod:searchAllResources?type=storage.googleapis.com/Bucket': new Refusal(
        403,
        'PERMISSION_DENIED',
      ),
    });
    expect(named(seen, 'sink-deleted')?.health).toBe('unknown');
    expect(named(seen, 'objects-read')?.health).toBe('unknown');
    expect(named(seen, 'off')?.health).toBe('broken');
    const { unseen, servicesUnknown } = coverageIn(seen);
    expect(unseen).toContainEqual({
      call: 'monitoring:ListNotificationChannels',
      region: null,
      reason: 'denied (PERMISSION_DENIED)',
    });
    expect(unseen).toContainEqual({
      call: 'securitycentermanagement:ListSecurityCenterServices',
      region: null,
      reason: 'unsupported (SERVICE_DISABLED)',
    });
    expect(servicesUnknown).toContain('CloudSQL');
  });

  it('is told at once where nobody is let in', async () => {
    const refused = { ...PROJECT, serviceAccount: null };
    const config = configOf({ GOOGLE_APPLICATION_CREDENTIALS: join(folder, 'no-such-file.json') });
    await expect(collect(projectAccess(refused, config))).rejects.toMatchObject({
      type: 'config-invalid',
      message: expect.stringContaining('no-such-file.json'),
    });
  });
});

describe('who gets in', () => {
  it('is the service account, where one is named', async () => {
    answers = GOOGLE_PROJECT;
    const account = 'vedette@shop-prod.iam.gserviceaccount.com';
    await collect(projectAccess({ ...PROJECT, serviceAccount: account }, configOf()));
    expect(google.asked).toContain(`POST /v1/projects/-/serviceAccounts/${account}:generateAccessToken`);
  });

  it('has no credentials of AWS', async () => {
    await expect(projectAccess(PROJECT, configOf()).credentials()).rejects.toMatchObject({ type: 'usage' });
  });
});

function configOf(more: Readonly<Record<string, string>> = {}) {
  const environment = {
    GOOGLE_APPLICATION_CREDENTIALS: credentials,
    VEDETTE_GOOGLE_ENDPOINT: google.url,
    ...more,
  };
  return loadConfig({}, folder, environment).config;
}

const context = () => ({
  signal: new AbortController().signal,
  onProgress: () => undefined,
  logger: pino({ level: 'silent' }),
});

function collect(access: ReturnType<typeof projectAccess>): Promise<string> {
  return collectWhole(
    detections,
    {
      settings: { timeoutMs: 60_000 },
      home: folder,
      target: { kind: 'gcp-project', name: 'shop', accountId: 'shop-prod' },
      access,
      ledger: emptyLedger(),
      options: { services: [], regions: [], initial: false },
      folder: join(folder, 'scan'),
    },
    context(),
  );
}

async function scan(given: Answers): Promise<Observation[]> {
  answers = given;
  google.asked.length = 0;
  const file = await collect(projectAccess(PROJECT, configOf()));
  const all: Observation[] = [];
  const own = { settings: { timeoutMs: 60_000 }, home: folder };
  for await (const observation of detections.interpret(file, context(), own)) all.push(observation);
  return all;
}
