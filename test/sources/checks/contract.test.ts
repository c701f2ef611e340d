import { describe, expect, it } from '@jest/globals';
import { LEVELS } from '../../../src/model/level.ts';
import { allChecks } from '../../../src/sources/checks/all-checks.ts';
import { calls } from '../../../src/sources/checks/calls.ts';
import type { ListName } from '../../../src/sources/checks/calls.ts';
import { CATEGORIES, DEPTHS } from '../../../src/sources/checks/catalogue.ts';
import type { Check } from '../../../src/sources/checks/catalogue.ts';
import { allCases } from './cases/all.ts';
import type { Case } from './cases/case.ts';
import { linesFor, verdictsOf } from './support.ts';
import type { Answers, Refusal } from './support.ts';

const casesOf = (id: string) => allCases[id] ?? [];
const texts = async (
  check: Check,
  answers: Answers,
  scan: Pick<Case, 'regionsAsked'> = {},
): Promise<string[]> =>
  (await verdictsOf(check, linesFor(check, answers), scan)).map(({ verdict, subKey }) =>
    subKey === '' ? verdict : `${verdict}#${subKey}`,
  );

describe('the catalogue', () => {
  it('has each id once, and cases of no other check', () => {
    const ids = allChecks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(allCases).toSorted()).toEqual(ids.toSorted());
  });
});

describe.each(allChecks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  it('says what it is and what to do', () => {
    expect(check).toMatchObject({ id: expect.stringMatching(/^[a-z][a-z0-9-]+$/) });
    expect(LEVELS).toContain(check.level);
    expect(DEPTHS).toContain(check.depth);
    expect(CATEGORIES).toContain(check.category);
    expect(check.resourceType).toMatch(/^AWS::\w+::\w+$/);
    for (const text of [check.title, check.failsWhen, check.remediation]) expect(text).not.toBe('');
    for (const call of check.needs) expect(Object.keys(calls)).toContain(call);
  });

  it('judges what was answered', async () => {
    const judged = await Promise.all(
      casesOf(id).map(async ({ what, answers, ...scan }) => [what, await texts(check, answers, scan)]),
    );
    expect(judged).toEqual(casesOf(id).map(({ what, says }) => [what, says]));
  });

  it('can pass and can fail', () => {
    const said = casesOf(id).flatMap(({ says }) => says.map((text) => text.split('#')[0]));
    expect(said).toEqual(expect.arrayContaining(['pass', 'fail']));
  });

  it('has no verdict where there is nothing', async () => {
    const said = await texts(check, {});
    // A region is there, whatever is in it: some checks of it ask for what is in none, some only of what is there.
    expect(said).toEqual(check.on.length === 0 ? ['fail'].slice(0, said.length) : []);
  });

  it.each(['denied', 'throttled', 'unsupported', 'server'] as const)(
    'is unknown when any call that it needs is %s',
    async (failure) => {
      const asserted: string[] = [];
      for (const { what, answers } of casesOf(id)) {
        for (const call of check.needs) {
          const definition = calls[call];
          const isDetail = 'of' in definition;
          const list = isDetail ? (definition.of as ListName) : (call as ListName);
          const ids = (answers[list] ?? []).map((item) => item.id);
          if (isDetail && ids.length === 0) continue;
          const refused = isDetail
            ? ids.map((resource): Refusal => ({ call, failure, resource }))
            : [{ call, failure }];
          const verdicts = await verdictsOf(check, linesFor(check, answers, refused));
          // What another list has listed has answers of its own.
          const concerned = verdicts.filter(
            ({ resourceId }) => !isDetail || !check.on.includes(list) || ids.includes(String(resourceId)),
          );
          asserted.push(
            ...concerned
              .filter(({ verdict }) => verdict !== 'unknown')
              .map(({ verdict }) => `${what}, without ${call}: ${verdict}`),
          );
        }
      }
      expect(asserted).toEqual([]);
    },
  );
});
