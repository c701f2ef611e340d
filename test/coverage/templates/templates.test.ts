import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { attackOf } from '../../../src/coverage/attack.ts';
import { coverageData } from '../../../src/coverage/data.ts';
import { awsStem, gcpKey, operationsOf } from '../../../src/coverage/mapping/event-name.ts';
import { COVERS, mapEvents } from '../../../src/coverage/mapping/map-events.ts';
import { mapWatched } from '../../../src/coverage/mapping/native.ts';
import { matchesPattern, parseEventPattern } from '../../../src/coverage/patterns/event-pattern.ts';
import { matchesQuery, parseLoggingQuery } from '../../../src/coverage/patterns/logging-query.ts';
import { watchedByPattern, watchedByQuery } from '../../../src/coverage/patterns/watched.ts';
import { TEMPLATES } from '../../../src/coverage/templates/declarations.ts';
import { generateTemplate, templatesOf } from '../../../src/coverage/templates/generate.ts';
import {
  eventPatternOf,
  loggingFilterOf,
  sampleEntry,
  sampleEvent,
} from '../../../src/coverage/templates/pattern.ts';
import { packageRoot } from '../../../src/package-root.ts';
import { installTemplateCheckers } from '../../support/template-checkers.ts';

const run = promisify(execFile);
const ofAws = TEMPLATES.flatMap(({ technique, aws }) => (aws === undefined ? [] : [{ technique, aws }]));
const ofGcp = TEMPLATES.flatMap(({ technique, gcp }) => (gcp === undefined ? [] : [{ technique, gcp }]));

let folder: string;
let executables: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vedette-templates-'));
  executables = await installTemplateCheckers(() => undefined);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('declarations', () => {
  it('are one for each technique, of those that show in clouds', () => {
    const ids = TEMPLATES.map(({ technique }) => technique);
    expect(new Set(ids).size).toBe(ids.length);
    const known = new Set(attackOf().techniques.map(({ id }) => id));
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
    expect(ids.length).toBeGreaterThanOrEqual(70);
  });

  it('name no event that AWS does not have', () => {
    const recorded = new Set(
      coverageData('aws-events').events.map(({ source, name }) => `${source} ${name}`),
    );
    const strangers = ofAws.flatMap(({ technique, aws }) =>
      aws.flatMap(({ source, names }) =>
        names
          .filter(
            (name) =>
              !operationsOf(source).includes(awsStem(name)) && !recorded.has(`${source} ${awsStem(name)}`),
          )
          .map((name) => `${technique} ${source} ${name}`),
      ),
    );
    expect(strangers).toEqual([]);
  });

  it.each(ofGcp.map(({ technique, gcp }) => [technique, gcp] as const))(
    '%s names methods of Google Cloud',
    (_id, gcp) => {
      for (const { service, methods } of gcp) {
        expect(service).toMatch(/\.googleapis\.com$/);
        for (const method of methods) expect(gcpKey(method)).not.toBe('');
      }
    },
  );
});

describe('what a template watches', () => {
  it.each(ofAws.map(({ technique, aws }) => [technique, aws] as const))(
    '%s: its events fire the rule, nothing else does, and it is found to see the technique',
    (technique, aws) => {
      const text = JSON.stringify(eventPatternOf(aws));
      // What EventBridge takes.
      expect(text.length).toBeLessThanOrEqual(2048);
      const pattern = parseEventPattern(text);
      for (const watch of aws) {
        for (const name of watch.names) {
          expect(matchesPattern(pattern, sampleEvent({ ...watch, names: [name] }))).toBe(true);
        }
        expect(matchesPattern(pattern, sampleEvent({ ...watch, names: ['DescribeNothing'] }))).toBe(false);
        for (const path of Object.keys(watch.only ?? {})) {
          const other = { ...watch.only, [path]: 'another value' };
          expect(matchesPattern(pattern, sampleEvent({ ...watch, only: other }))).toBe(false);
        }
      }
      const watched = watchedByPattern(pattern);
      const named = new Set(aws.flatMap(({ source, names }) => names.map((name) => `${source} ${name}`)));
      expect(new Set(watched.events.map(({ source, name }) => `${source} ${name}`))).toEqual(named);
      const { techniques } = mapWatched('aws', watched);
      expect(techniques.find(({ id }) => id === technique)?.score ?? 0).toBeGreaterThanOrEqual(COVERS);
    },
  );

  it.each(ofGcp.map(({ technique, gcp }) => [technique, gcp] as const))(
    '%s on Google Cloud: its entries meet the filter, nothing else does, and it is found to see the technique',
    (technique, gcp) => {
      const query = parseLoggingQuery(loggingFilterOf(gcp).join('\n'));
      for (const watch of gcp) {
        for (const method of watch.methods) {
          expect(matchesQuery(query, sampleEntry({ ...watch, methods: [method] }))).toBe(true);
        }
        expect(matchesQuery(query, sampleEntry({ ...watch, methods: ['none'] }))).toBe(false);
      }
      const found = mapEvents('gcp', watchedByQuery(query).events).find(({ id }) => id === technique);
      expect(found?.score ?? 0).toBeGreaterThanOrEqual(COVERS);
    },
  );
});

describe('generated templates', () => {
  const all = TEMPLATES.flatMap(({ technique }) =>
    templatesOf(technique).map(({ provider, format }) => generateTemplate(technique, provider, format)),
  );

  it('follow the documented pattern in every part', () => {
    for (const { text, provider, format } of all) {
      expect(text.match(/# Step \d/g)).toEqual(['# Step 1', '# Step 2', '# Step 3']);
      expect(text).toContain('# Cost:');
      if (provider === 'gcp') continue;
      const parts =
        format === 'terraform'
          ? [
              'data "aws_caller_identity" "current" {}',
              'message_retention_seconds = 1209600',
              'maximum_retry_attempts       = 8',
              'maximum_event_age_in_seconds = 3600',
              '"AWS:SourceAccount" = data.aws_caller_identity.current.account_id',
              '"aws:SourceArn" = aws_cloudwatch_event_rule.detection.arn',
              'input_transformer {',
              'treat_missing_data  = "notBreaching"',
              'period              = 300',
            ]
          : [
              'MessageRetentionPeriod: 1209600',
              'MaximumRetryAttempts: 8',
              'MaximumEventAgeInSeconds: 3600',
              'AWS:SourceAccount: !Ref AWS::AccountId',
              'aws:SourceArn: !GetAtt EventRule.Arn',
              'InputTransformer:',
              'TreatMissingData: notBreaching',
              'Period: 300',
              'TopicPolicy:',
            ];
      for (const part of parts) expect(text).toContain(part);
    }
  });

  it('let EventBridge use the key of the topic without a condition on whom it acts for, which it does not say', () => {
    const own = all.filter(({ provider }) => provider === 'aws');
    for (const { text } of own) {
      const [, key = ''] = /Sid\W+RulePublishes([\s\S]*?)Sid\W+AlarmPublishes/.exec(text) ?? [];
      expect(key).toContain('kms:Decrypt');
      expect(key).toContain('kms:EncryptionContext:aws:sns:topicArn');
      expect(key).not.toMatch(/aws:Source/i);
    }
  });

  it.each(ofAws.map(({ technique, aws }) => [technique, aws] as const))(
    '%s has as CloudFormation the pattern that is declared, read as YAML 1.1',
    (technique, aws) => {
      const { text } = generateTemplate(technique, 'aws', 'cloudformation');
      const read = parse(text, { version: '1.1', logLevel: 'silent' }) as {
        Resources: { EventRule: { Properties: { EventPattern: unknown } } };
      };
      expect(read.Resources.EventRule.Properties.EventPattern).toEqual(eventPatternOf(aws));
    },
  );

  it('of CloudFormation please cfn-lint', async () => {
    const files: string[] = [];
    for (const { fileName, format, text } of all) {
      if (format !== 'cloudformation') continue;
      const file = join(folder, fileName);
      await writeFile(file, text);
      files.push(file);
    }
    expect(files.length).toBe(ofAws.length);
    // Of a few the whole judgement; all have the same parts but their events.
    const some = files.filter((_, index) => index % 6 === 0);
    const { stdout } = await run(join(executables, 'cfn-lint'), [
      '--regions',
      'us-east-1',
      '--',
      ...some,
    ]).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? 'cfn-lint did not run' }));
    expect(stdout).toBe('');
  }, 60_000);

  it('of Terraform are HCL, and use arguments that the providers have', async () => {
    const files = all.filter(({ format }) => format === 'terraform');
    for (const { fileName, text } of files) await writeFile(join(folder, fileName), text);
    const script = [
      'import hcl2, json, sys',
      'out = {}',
      'for f in sys.argv[1:]:',
      '    with open(f) as handle: out[f] = hcl2.load(handle)',
      'print(json.dumps(out))',
    ].join('\n');
    const names = files.map(({ fileName }) => join(folder, fileName));
    const { stdout } = await run(join(executables, 'python'), ['-c', script, ...names], {
      maxBuffer: 1 << 26,
    });
    const parsed = JSON.parse(stdout) as Record<string, Hcl>;
    expect(Object.keys(parsed)).toHaveLength(files.length);
    const { resources: known } = JSON.parse(
      await readFile(join(packageRoot(), 'test/fixtures/coverage/terraform-arguments.json'), 'utf8'),
    ) as { resources: Record<string, Block> };
    const problems = Object.values(parsed).flatMap((file) =>
      file.resource.flatMap((one) => problemsOf(one, known)),
    );
    expect([...new Set(problems)]).toEqual([]);
  }, 60_000);

  it.each([
    ['T9999', 'no technique'],
    ['T1001', 'no template'],
  ])('%s: there is %s', (id, message) => {
    expect(() => generateTemplate(id, 'aws', 'terraform')).toThrow(message);
  });

  it('names the templates there are', () => {
    expect(() => generateTemplate('T1082', 'gcp', 'terraform')).toThrow('no template of T1082 for gcp');
  });
});

interface Hcl {
  resource: Record<string, Record<string, Record<string, unknown>>>[];
}

interface Block {
  args?: Record<string, string>;
  blocks?: Record<string, Block & { req?: boolean }>;
}

const plain = (name: string): string => name.replaceAll('"', '');

function problemsOf(resource: Hcl['resource'][number], known: Record<string, Block>): string[] {
  return Object.entries(resource).flatMap(([quoted, instances]) => {
    const type = plain(quoted);
    const declared = known[type];
    if (declared === undefined) return [`${type} is not known`];
    return Object.values(instances).flatMap((body) => problemsOfBlock(type, body, declared));
  });
}

function problemsOfBlock(
  place: string,
  body: Record<string, unknown>,
  { args = {}, blocks = {} }: Block,
): string[] {
  const given = Object.keys(body)
    .map(plain)
    .filter((name) => !name.startsWith('__'));
  const missing = Object.entries(args)
    .filter(([name, kind]) => kind.endsWith('!') && !given.includes(name))
    .map(([name]) => `${place} lacks ${name}`);
  const strangers = given
    .filter((name) => !Object.hasOwn(args, name) && !Object.hasOwn(blocks, name))
    .map((name) => `${place} has no ${name}`);
  const inner = Object.entries(body).flatMap(([quoted, value]) => {
    const block = blocks[plain(quoted)];
    if (block === undefined) return [];
    return [value]
      .flat()
      .flatMap((one) => problemsOfBlock(`${place}.${plain(quoted)}`, one as Record<string, unknown>, block));
  });
  return [...missing, ...strangers, ...inner];
}
