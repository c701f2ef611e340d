import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package-root.ts';
import { tables } from '../../src/store/view360/tables.ts';
import { queryView, viewColumns, views } from '../../src/store/view360/views.ts';
import { receiverPolicy, senderPolicy } from '../../src/view360/policies.ts';
import { permissionsOf, sections } from '../../src/view360/sections/all-sections.ts';
import { createDatabase } from '../support/stores.ts';
import { installTemplateCheckers } from '../support/template-checkers.ts';

const run = promisify(execFile);
const read = (file: string): string => readFileSync(join(packageRoot(), 'deploy/view360', file), 'utf8');

/** All that there are, so that none is left out. */
const STACKS = readdirSync(join(packageRoot(), 'deploy/view360/cloudformation'));
const MODULES = readdirSync(join(packageRoot(), 'deploy/view360/terraform'));

interface Template {
  Parameters: Record<string, unknown>;
  Conditions?: Record<string, unknown>;
  // oxlint-disable-next-line typescript/no-explicit-any
  Resources: Record<string, { Type: string; Condition?: string; Properties: any }>;
  Outputs?: Record<string, unknown>;
}

/** CloudFormation's short forms as their long ones. */
function template(file: string): Template {
  const tag = (name: string, long: string) => ({ tag: name, resolve: (text: string) => ({ [long]: text }) });
  const lists = { tag: '!Equals', collection: 'seq' as const, resolve: (value: unknown) => value };
  return parse(read(`cloudformation/${file}`), {
    customTags: [tag('!Ref', 'Ref'), tag('!GetAtt', 'GetAtt'), tag('!Sub', 'Sub'), lists],
  }) as Template;
}

/** The properties of a resource that is there. */
// oxlint-disable-next-line typescript/no-explicit-any
function propertiesOf(file: string, name: string): any {
  return template(file).Resources[name]?.Properties;
}

/** Everything that a template names: by Ref, GetAtt, or inside a text. */
function named(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(named);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'GetAtt') return [String(inner).split('.')[0] as string];
    if (key === 'Sub')
      return [...String(inner).matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map(([, name]) => name as string);
    return named(inner);
  });
}

describe('CloudFormation', () => {
  test.each(STACKS)('%s names only what it has', (file) => {
    const { Parameters, Resources, Conditions = {}, Outputs } = template(file);
    const known = new Set([...Object.keys(Parameters), ...Object.keys(Resources)]);
    const strangers = named([Resources, Outputs]).filter(
      (name) => !known.has(name) && !name.startsWith('AWS::'),
    );
    expect(strangers).toEqual([]);
    for (const { Type } of Object.values(Resources)) expect(Type).toMatch(/^AWS::\w+::\w+$/);
    const conditions = Object.values(Resources).flatMap(({ Condition = [] }) => Condition);
    expect(conditions.filter((condition) => !(condition in Conditions))).toEqual([]);
  });

  test('a sender may do what the collectors say, and write below its own prefix alone', () => {
    const [reads] = propertiesOf('sender.yaml', 'ReadPolicy').PolicyDocument.Statement;
    expect(reads.Action).toEqual(permissionsOf(sections));
    const [send, encrypt] = propertiesOf('sender.yaml', 'PushRole').Policies[0].PolicyDocument.Statement;
    const [, ours, key] = senderPolicy().Statement;
    expect([send.Action, encrypt.Action]).toEqual([ours?.Action, key?.Action]);
    expect(send.Resource.Sub).toMatch(/\/data\/\$\{!aws:PrincipalAccount\}\/\*$/);
  });

  test('the receiver may do what its policy says, in the template of the analytics account too', () => {
    const statements = propertiesOf('analytics.yaml', 'ReceiverPolicy').PolicyDocument.Statement;
    const actions = (list: readonly { Sid: string; Action: readonly string[] }[]) =>
      list.map(({ Sid, Action }) => [Sid, Action]);
    expect(actions(statements)).toEqual(actions(receiverPolicy().Statement));
  });

  test('nobody writes but below the prefix of the own account, encrypted', () => {
    const statements = propertiesOf('analytics.yaml', 'BucketPolicy').PolicyDocument.Statement;
    const allowed = statements.filter((one: { Sid: string }) => one.Sid === 'OwnPrefixOnly');
    expect(allowed[0].Resource.Sub).toContain('/data/${!aws:PrincipalAccount}/*');
    expect(statements.map((one: { Sid: string; Effect: string }) => [one.Sid, one.Effect])).toContainEqual([
      'EncryptedOnly',
      'Deny',
    ]);
  });
});

describe('judged by others', () => {
  let executables: string;
  beforeAll(async () => {
    executables = await installTemplateCheckers(() => undefined);
  }, 120_000);

  test('CloudFormation pleases cfn-lint', async () => {
    const files = STACKS.map((file) => join(packageRoot(), 'deploy/view360/cloudformation', file));
    // Parameters of the way that is not chosen are empty, which W1030 takes for their value.
    const args = ['--ignore-checks', 'W1030', '--regions', 'us-east-1', '--', ...files];
    const { stdout } = await run(join(executables, 'cfn-lint'), args).catch((error: { stdout?: string }) => ({
      stdout: error.stdout ?? 'cfn-lint did not run',
    }));
    expect(stdout).toBe('');
  }, 60_000);

  test('every expression in Terraform is HCL', async () => {
    const texts = MODULES.flatMap((module) =>
      textsIn(JSON.parse(read(`terraform/${module}/main.tf.json`))).filter((text) => text.includes('${')),
    );
    expect(texts.length).toBeGreaterThan(10);
    const document = texts.map((text, at) => `v${at} = ${JSON.stringify(text)}`).join('\n');
    const script = 'import hcl2, sys; print(len(hcl2.loads(sys.argv[1] + "\\n")))';
    const { stdout } = await run(join(executables, 'python'), ['-c', script, document]);
    expect(Number(stdout)).toBeGreaterThanOrEqual(texts.length);
  }, 60_000);

  test('every file of Terraform beside them is HCL', async () => {
    const folder = join(packageRoot(), 'deploy/terraform');
    const files = readdirSync(folder).filter((name) => name.endsWith('.tf'));
    const script = 'import hcl2, sys\nfor f in sys.argv[1:]:\n  print(len(hcl2.loads(open(f).read())))';
    const paths = files.map((name) => join(folder, name));
    const { stdout } = await run(join(executables, 'python'), ['-c', script, ...paths]);
    expect(stdout.trim().split('\n')).toHaveLength(files.length);
  }, 60_000);
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('Terraform', () => {
  test.each(MODULES)('%s names only what it has', (module) => {
    const text = read(`terraform/${module}/main.tf.json`);
    const { variable, resource } = JSON.parse(text) as Record<
      string,
      Record<string, Record<string, unknown>>
    >;
    for (const [, name = ''] of text.matchAll(/\bvar\.(\w+)/g))
      expect(Object.keys(variable ?? {})).toContain(name);
    for (const [, type = '', name = ''] of text.matchAll(/[^.\w](aws_\w+)\.(\w+)\.(?:arn|id|name)\b/g)) {
      expect(Object.keys(resource?.[type] ?? {})).toContain(name);
    }
  });

  test('a sender may do what the collectors say', () => {
    const { locals } = JSON.parse(read('terraform/sender/main.tf.json')) as { locals: { actions: string[] } };
    expect(locals.actions).toEqual(permissionsOf(sections));
  });
});

test('the user who reads may read every view and table', () => {
  const granted = [...read('read-only-user.sql').matchAll(/^GRANT SELECT ON `(\w+)` /gm)].map(
    ([, name]) => name,
  );
  expect(granted).toEqual([
    ...views.map(({ name }) => name),
    ...[...tables.values()].map(({ sqlName }) => sqlName),
  ]);
  expect(read('read-only-user.sql')).not.toMatch(/GRANT (?!SELECT ON `)/);
});

test('every panel of the Grafana dashboard asks what there is', async () => {
  const { panels } = JSON.parse(read('grafana/view360.json')) as {
    panels: { targets: { rawSql: string }[] }[];
  };
  const database = createDatabase('sqlite');
  try {
    const store = await database.open();
    await viewColumns(store, 'view_accounts');
    for (const { targets } of panels) {
      for (const { rawSql } of targets) {
        expect(await store.read(rawSql.replace(/\$__timeFilter\(\w+\)/, '1 = 1'))).toEqual([]);
      }
    }
    for (const { name } of views) await queryView(store, name, { organizationId: 'default', limit: 1 });
  } finally {
    await database.remove();
  }
});
