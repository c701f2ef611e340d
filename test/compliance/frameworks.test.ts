import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { builtInFrameworks } from '../../src/compliance/built-in.ts';
import { frameworksOf, requirementsOf } from '../../src/compliance/framework.ts';
import type { Framework } from '../../src/compliance/framework.ts';
import { frameworkById, loadFrameworks } from '../../src/compliance/frameworks.ts';
import { allChecks } from '../../src/sources/checks/all-checks.ts';
import { prowlerEquivalents } from '../../src/sources/checks/equivalents/prowler.ts';
import { scoutsuiteEquivalents } from '../../src/sources/checks/equivalents/scoutsuite.ts';
import { securityHubEquivalents } from '../../src/sources/checks/equivalents/security-hub.ts';

const catalogue: ReadonlySet<string> = new Set(allChecks.map(({ id }) => id));
const isThere = (id: string): boolean => catalogue.has(id);
const mappedBy = ({ published, own }: Framework) => [...Object.entries(published), ...Object.entries(own)];

describe('the catalogue', () => {
  it('has each check that another tool is said to have', () => {
    const named = [prowlerEquivalents, scoutsuiteEquivalents, securityHubEquivalents].flatMap(Object.keys);
    expect(named.filter((id) => !isThere(id))).toEqual([]);
  });

  it('is mapped to frameworks, check by check', () => {
    const unmapped = allChecks.filter(({ id }) => frameworksOf(builtInFrameworks, id).length === 0);
    expect(unmapped.map(({ id }) => id)).toEqual([]);
  });
});

describe.each(builtInFrameworks.map((framework) => [framework.id, framework] as const))(
  '%s',
  (_id, framework) => {
    const requirements = requirementsOf(framework);

    it('says what it is, and each requirement once', () => {
      for (const text of [framework.name, framework.version, framework.publisher]) expect(text).not.toBe('');
      const ids = requirements.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(requirements.filter(({ title }) => title === '')).toEqual([]);
    });

    it('maps checks that there are to requirements that it has', () => {
      expect(mappedBy(framework).flatMap(([check]) => (isThere(check) ? [] : [check]))).toEqual([]);
      const known = new Set(requirements.map(({ id }) => id));
      const strangers = mappedBy(framework).flatMap(([, ids]) =>
        ids.split(' ').filter((id) => !known.has(id) && !known.has(id.replace(/\(.*$/, ''))),
      );
      expect(strangers).toEqual([]);
    });

    it('has some requirements that checks bear on, and keeps those that none does', () => {
      const mapped = requirements.filter(({ checks }) => checks.length > 0).length;
      expect(mapped).toBeGreaterThan(0);
      expect(mapped).toBeLessThanOrEqual(requirements.length);
    });
  },
);

describe('mappings', () => {
  const framework: Framework = {
    id: 'test',
    name: 'Test',
    version: '1',
    publisher: '',
    sections: {
      One: [
        ['AC-2', 'Accounts'],
        ['AC-3', 'Access', 'Level 1'],
      ],
    },
    published: { 'check-b': 'AC-2(3)(d) AC-2(1)' },
    own: { 'check-a': 'AC-2 AC-3', 'check-b': 'AC-2 AC-3' },
  };

  it('count under the control that is listed, and as published where anybody has published them', () => {
    expect(requirementsOf(framework)).toEqual([
      {
        id: 'AC-2',
        title: 'Accounts',
        section: 'One',
        remark: null,
        checks: [
          { checkId: 'check-a', mapping: 'own' },
          { checkId: 'check-b', mapping: 'published' },
        ],
      },
      {
        id: 'AC-3',
        title: 'Access',
        section: 'One',
        remark: 'Level 1',
        checks: [
          { checkId: 'check-a', mapping: 'own' },
          { checkId: 'check-b', mapping: 'own' },
        ],
      },
    ]);
  });

  it('are told of a check with the requirements as they were published', () => {
    expect(frameworksOf([framework], 'check-b')).toEqual([
      { id: 'test', requirements: ['AC-2(3)(d)', 'AC-2(1)'], mapping: 'published' },
      { id: 'test', requirements: ['AC-2', 'AC-3'], mapping: 'own' },
    ]);
  });

  it('of the LGPD are our own throughout, those of CIS published throughout', () => {
    const [lgpd, cis] = ['lgpd', 'cis-7.0'].map((id) => frameworkById(builtInFrameworks, id));
    expect(lgpd?.published).toEqual({});
    expect(cis?.own).toEqual({});
  });

  it('of the controls of Security Hub are those that the checks name as their equivalents', () => {
    const fsbp = frameworkById(builtInFrameworks, 'aws-fsbp');
    const controls = new Set(requirementsOf(fsbp).map(({ id }) => id));
    for (const [check, ids] of Object.entries(securityHubEquivalents)) {
      const mapped = frameworksOf([fsbp], check).flatMap(({ requirements }) => requirements);
      expect([check, mapped.toSorted()]).toEqual([
        check,
        ids
          .split(' ')
          .filter((id) => controls.has(id))
          .toSorted(),
      ]);
    }
  });
});

describe("frameworks of the users' own", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vedette-frameworks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, ...lines: string[]): string => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
    return join(folder, name);
  };
  const HEAD = ['id: acme', 'name: Acme baseline', 'version: 2026-1'];

  it('are read beside ours, from YAML', () => {
    write(
      'acme.yaml',
      ...HEAD,
      'requirements:',
      '  - id: 1.10',
      '    title: Root is locked away',
      '    section: Identity',
      '    checks: [iam-root-mfa, iam-root-access-keys]',
      '  - {id: 1.2, title: The office is locked}',
    );
    write('notes.txt', 'not a framework');
    const all = loadFrameworks(folder, catalogue);
    expect(all.map(({ id }) => id)).toEqual([...builtInFrameworks.map(({ id }) => id), 'acme']);
    const requirements = requirementsOf(frameworkById(all, 'acme'));
    expect(
      requirements.map(({ id, section, checks }) => [id, section, checks.map((one) => one.mapping)]),
    ).toEqual([
      ['1.10', 'Identity', ['published', 'published']],
      ['1.2', 'Requirements', []],
    ]);
  });

  it('may call their sections as what every object has', () => {
    const sections = ['constructor', '__proto__'];
    write(
      'acme.yaml',
      ...HEAD,
      'requirements:',
      ...sections.map((section, index) => `  - {id: ${index + 1}, title: One, section: ${section}}`),
    );
    const acme = frameworkById(loadFrameworks(folder, catalogue), 'acme');
    expect(requirementsOf(acme).map(({ section }) => section)).toEqual(sections);
  });

  it('may say that their mapping is a proposal', () => {
    write(
      'acme.yml',
      ...HEAD,
      'mapping: own',
      'requirements: [{id: A, title: Root, checks: [iam-root-mfa]}]',
    );
    const acme = frameworkById(loadFrameworks(folder, catalogue), 'acme');
    expect(requirementsOf(acme)[0]?.checks).toEqual([{ checkId: 'iam-root-mfa', mapping: 'own' }]);
  });

  it.each([
    [
      'a check that there is not',
      [...HEAD, 'requirements:', '  - id: A', '    title: Root', '    checks:', '      - iam-root-mfaa'],
      /acme\.yaml:8: requirements\.1\.checks\.1: there is no check "iam-root-mfaa"; did you mean iam-root-mfa\?/,
    ],
    [
      'an id that stands twice',
      [...HEAD, 'requirements:', '  - {id: A, title: One}', '  - {id: A, title: Two}'],
      /acme\.yaml:6: requirements\.2\.id: "A" stands twice/,
    ],
    ['a key that nobody knows', [...HEAD, 'requirments: []'], /Unrecognized key: "requirments"/],
    [
      'no requirements',
      [...HEAD, 'requirements: []'],
      /acme\.yaml:4: requirements: expected at least one requirement/,
    ],
    ['no YAML', ['id: [acme'], /acme\.yaml:2: it is not valid YAML/],
    ['an alias of nothing', ['id: *acme'], /acme\.yaml: it is not valid YAML: .*acme/],
    [
      'brackets without end',
      ['['.repeat(20_000)],
      /acme\.yaml: it is not valid YAML: It is nested too deeply/,
    ],
    [
      'an id of ours',
      ['id: soc2', ...HEAD.slice(1), 'requirements: [{id: A, title: One}]'],
      /there is a framework soc2 already/,
    ],
    [
      'an id with blanks',
      ['id: my own', ...HEAD.slice(1), 'requirements: [{id: A, title: One}]'],
      /acme\.yaml:1: id: small letters/,
    ],
  ])('with %s are refused, by file and line', (_what, lines, message) => {
    write('acme.yaml', ...lines);
    expect(() => loadFrameworks(folder, catalogue)).toThrow(
      expect.objectContaining({ type: 'config-invalid', message: expect.stringMatching(message) }),
    );
  });

  it('are no pipes, which might never end', () => {
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
    expect(() => loadFrameworks(folder, catalogue)).toThrow(/pipe\.yaml is not a regular file/);
  });

  it('cannot be read from a folder that is not there', () => {
    expect(() => loadFrameworks(join(folder, 'gone'), catalogue)).toThrow(/gone cannot be read: ENOENT/);
  });

  it('are asked for by an id, and similar ones are named', () => {
    expect(() => frameworkById(builtInFrameworks, 'cis-5')).toThrow(/There is no framework "cis-5"/);
    expect(() => frameworkById(builtInFrameworks, 'lgdp')).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('lgpd') }),
    );
  });
});
