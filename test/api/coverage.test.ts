import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { persistScan } from '../../src/store/scans/persist.ts';
import { resolveEvents } from '../../src/store/scans/resolve.ts';
import { createApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { madeUpDetection, observeCoverage } from '../support/coverage.ts';
import { at } from '../support/observations.ts';
import { INPUT } from '../support/scan-input.ts';
import { createDatabase, workContext } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = createDatabase('sqlite');
  const store = await database.open();
  const { scanId } = await persistScan(
    store,
    observeCoverage(at(1), [madeUpDetection()]),
    INPUT,
    workContext(),
  );
  await resolveEvents(store, scanId, workContext());
  api = await createApi({ config: database.config, store });
});
afterAll(async () => {
  await api?.close();
  await database?.remove();
});

test('coverage is told technique by technique, with what could not be seen', async () => {
  const { json } = await api.get('/coverage');
  const technique = json.techniques.find(({ id }: { id: string }) => id === 'T1485');
  expect(technique).toMatchObject({ status: 'covered', effective: 100, inScopeServices: ['S3'] });
  expect(json.summary.unknown).toMatchObject([{ servicesUnknown: ['RDS'] }]);
});

test('a technique has its templates, and one that is none is not found', async () => {
  const { json } = await api.get('/coverage/techniques/T1485');
  expect(json.templates.map(({ fileName }: { fileName: string }) => fileName)).toEqual([
    'aws-t1485.yaml',
    'aws-t1485.tf',
    'gcp-t1485.tf',
  ]);
  expect((await api.get('/coverage/techniques/T9999')).status).toBe(404);
  expect((await api.get('/coverage/techniques/T1001')).status).toBe(404);
});

test.each([
  '/coverage/gaps',
  '/coverage/detections?health=healthy',
  '/coverage/history',
  '/coverage/layer?attack=19.1',
])('%s answers', async (path) => expect((await api.get(path)).status).toBe(200));

test('a layer is one of the Navigator', async () => {
  const { json } = await api.get('/coverage/layer');
  expect(json).toMatchObject({
    domain: 'enterprise-attack',
    versions: { attack: '18', navigator: '5.1.0', layer: '4.5' },
  });
  const [technique] = json.techniques;
  expect(Object.keys(technique)).toEqual(
    expect.arrayContaining(['techniqueID', 'tactic', 'score', 'metadata']),
  );
});

test('a correction moves the figures, is listed, and can be taken back', async () => {
  const { id: detectionId } = madeUpDetection();
  const key = { detectionId, techniqueId: 'T1485' };
  const told = async () => {
    const [{ json: details }, { json: list }] = [
      await api.get('/coverage/techniques/T1485'),
      await api.get('/coverage/detections'),
    ];
    return [details.technique.status, details.technique.detections.length, list.detections[0].techniques];
  };
  expect(await told()).toEqual(['covered', 1, ['T1485']]);
  const body = { ...key, covers: false, reason: 'nobody reads it' };
  expect((await api.ask('operate', 'PUT', '/coverage/corrections', body)).status).toBe(204);
  expect(await told()).toEqual(['uncovered', 0, []]);
  const { json } = await api.get('/coverage/corrections');
  expect(json.corrections).toMatchObject([body]);
  expect((await api.ask('operate', 'POST', '/coverage/corrections/undo', key)).status).toBe(204);
  expect(await told()).toEqual(['covered', 1, ['T1485']]);
  expect((await api.ask('operate', 'POST', '/coverage/corrections/undo', key)).status).toBe(404);
});

test('a report is a page that is taken away', async () => {
  const { status, headers, text } = await api.get('/coverage/report');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['content-disposition']).toMatch(/^attachment; filename="coverage-\d{4}-\d\d-\d\d\.html"$/);
  expect(text).toContain('T1485 Data Destruction');
  expect((await api.get('/coverage/report', 'other')).text).not.toContain('111111111111');
});

test('unknown parameters are refused', async () => {
  expect((await api.get('/coverage?accounts=1')).status).toBe(400);
});
