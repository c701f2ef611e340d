import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { METRICS } from '../src/model/metrics.ts';
import { packageRoot } from '../src/package-root.ts';

const folder = join(packageRoot(), 'deploy');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('deploy/terraform', () => {
  const files = readdirSync(join(folder, 'terraform')).filter((name) => name.endsWith('.tf'));
  const text = files.map((name) => read(`terraform/${name}`)).join('\n');
  const plain = text.replaceAll(/#.*$/gm, '').replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');

  test.each(files)('%s has brackets that match', (name) => {
    const open: string[] = [];
    const closing: Record<string, string> = { '}': '{', ']': '[', ')': '(' };
    const code = read(`terraform/${name}`)
      .replaceAll(/#.*$/gm, '')
      .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
    for (const character of code) {
      if ('{[('.includes(character)) open.push(character);
      else if (character in closing && open.pop() !== closing[character]) open.push(`${character} too many`);
    }
    expect(open).toEqual([]);
  });

  test('declares every variable that it uses, and uses every one that it declares', () => {
    const declared = [...text.matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name);
    const used = [...new Set([...text.matchAll(/\bvar\.(\w+)/g)].map(([, name]) => name))];
    expect(new Set(used)).toEqual(new Set(declared));
  });

  test('refers to what it makes', () => {
    const made = new Set(
      [...text.matchAll(/^(?:resource|data) "(\w+)" "(\w+)"/gm)].map(([, type, name]) => `${type}.${name}`),
    );
    const named = [...text.matchAll(/\b(aws_\w+)\.(\w+)(?:\[\d\])?\.\w+/g)].map(
      ([, type, name]) => `${type}.${name}`,
    );
    expect(named.filter((name) => !made.has(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(15);
  });

  test('lets workers read the named buckets, lets nobody in, and makes no secret', () => {
    const actions = [...read('terraform/iam.tf').matchAll(/"((?:s3|kms|secretsmanager|sts):\w+)"/g)].map(
      ([, action]) => action,
    );
    expect(new Set(actions)).toEqual(
      new Set([
        'kms:Decrypt',
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:GetObject',
        's3:ListBucket',
        's3:PutObject',
        'secretsmanager:GetSecretValue',
        'sts:AssumeRole',
      ]),
    );
    expect(text).not.toMatch(/actions\s*=\s*\["\*"|resources\s*=\s*\["\*"/);
    expect(plain).not.toContain('ingress');
    expect(text).toContain('assign_public_ip = false');
  });
});

test('deploy/kubernetes scales from 1 to 50 by the backlog of the task queue', () => {
  const { spec } = parse(read('kubernetes/scaled-object.yaml')) as { spec: Record<string, any> };
  expect(spec).toMatchObject({ minReplicaCount: 1, maxReplicaCount: 50 });
  expect(spec['triggers'][0]).toMatchObject({ type: 'temporal', metadata: { taskQueue: 'vedette/s3-data' } });
});

test('deploy/prometheus has the documented alarms, on metrics that there are', () => {
  const { groups } = parse(read('prometheus/alerts.yaml')) as {
    groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);
  expect(rules.map(({ alert }) => alert)).toEqual([
    'VedetteBacklogHigh',
    'VedetteBacklogOld',
    'VedetteErrorRateHigh',
    'VedetteDatabaseConnectionsHigh',
    'VedettePayloadDead',
    'VedetteAccountQuiet',
  ]);
  expect(rules[0]?.expr).toContain('> 1000');
  expect(rules[1]?.expr).toContain('> 600');
  const own = rules.flatMap(({ expr }) => expr.match(/\bvedette_\w+/g) ?? []);
  expect(own.filter((name) => !Object.values(METRICS).some((metric) => name.startsWith(metric)))).toEqual([]);
});

test('deploy/grafana shows metrics that there are', () => {
  const { panels } = JSON.parse(read('grafana/sensitive-data.json')) as {
    panels: { targets: { expr: string }[] }[];
  };
  const used = panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/\b(?:vedette|temporal|approximate|mysql)_\w+/g) ?? []),
  );
  const ofOthers = [
    'approximate_backlog_age_seconds',
    'approximate_backlog_count',
    'mysql_global_status_threads_connected',
    'mysql_global_variables_max_connections',
    'temporal_worker_task_slots_available',
  ];
  const series = [
    ...ofOthers,
    METRICS.objects,
    METRICS.objectBytes,
    METRICS.matches,
    `${METRICS.steps}_count`,
    `${METRICS.steps}_bucket`,
  ];
  expect([...new Set(used)].toSorted()).toEqual(series.toSorted());
  expect(panels.map(({ targets }) => targets.length)).not.toContain(0);
});
