import { describe, expect, it } from '@jest/globals';
import type { Framework } from '../../src/compliance/framework.ts';
import { judgeFramework, scoreOf, sumCounts } from '../../src/compliance/state.ts';
import type { CheckCounts } from '../../src/model/compliance.ts';

const framework: Framework = {
  id: 'test',
  name: 'Test',
  version: '1',
  publisher: '',
  sections: {
    One: [
      ['1', 'Both'],
      ['2', 'By hand'],
    ],
  },
  published: { one: '1', gone: '2' },
  own: { two: '1' },
};
const catalogue: ReadonlySet<string> = new Set(['one', 'two']);

type Counts = Record<string, Partial<CheckCounts>>;
const counted = (counts: Counts) =>
  new Map(
    Object.entries(counts).map(([id, some]) => [
      id,
      { pass: 0, fail: 0, unknown: 0, suppressed: 0, ...some },
    ]),
  );
const judged = (counts: Counts) => judgeFramework(framework, counted(counts), catalogue);

describe('a requirement', () => {
  it.each([
    ['fails where any check fails', { one: { pass: 9, fail: 1 }, two: { unknown: 3 } }, 'fail'],
    ['is unknown where any does not know', { one: { pass: 9, unknown: 1 }, two: { pass: 3 } }, 'unknown'],
    ['passes where any passes', { one: { pass: 1 }, two: {} }, 'pass'],
    ['passes on what was asked', { one: { pass: 1 } }, 'pass'],
    ['passes where every failure was accepted', { one: { suppressed: 2 }, two: {} }, 'pass'],
    ['is unknown beside accepted failures', { one: { suppressed: 2 }, two: { unknown: 1 } }, 'unknown'],
    ['does not apply where there is nothing', { one: {}, two: {} }, 'not-applicable'],
    ['is unknown where nothing was asked', {}, 'unknown'],
  ] as const)('%s', (_what, counts, state) => {
    expect(judged(counts)[0]?.state).toBe(state);
  });

  it('is manual where no check can tell, or only one that is no more', () => {
    expect(judged({ gone: { fail: 1 } })[1]).toMatchObject({ state: 'manual', mapping: null, checks: [] });
  });

  it('says when it passes by accepted failures alone or in part, and only then', () => {
    const accepted = [
      { one: { pass: 1, suppressed: 1 } },
      { one: { pass: 1 } },
      { one: { fail: 1, suppressed: 1 } },
    ];
    expect(accepted.map((counts) => judged(counts)[0]?.accepted)).toEqual([true, false, false]);
  });

  it('tells which checks were asked, and by which mapping they count', () => {
    expect(judged({ one: { pass: 2 } })[0]).toMatchObject({
      mapping: 'published',
      checks: [
        { checkId: 'one', mapping: 'published', pass: 2, fail: 0, unknown: 0, suppressed: 0, asked: true },
        { checkId: 'two', mapping: 'own', asked: false },
      ],
    });
    const alone = judgeFramework(framework, counted({}), new Set(['two']))[0];
    expect(alone?.mapping).toBe('own');
  });
});

describe('accounts together', () => {
  it('stand as their sum: fail before unknown before pass', () => {
    const together = (...accounts: Counts[]) =>
      judgeFramework(framework, sumCounts(accounts.map(counted)), catalogue)[0];
    expect(together({ one: { pass: 1 } }, { one: { fail: 1 } })?.state).toBe('fail');
    expect(together({ one: { pass: 1 } }, { two: { unknown: 1 } })?.state).toBe('unknown');
    expect(together({ one: {}, two: {} }, { one: { pass: 1 } })?.state).toBe('pass');
    expect(together({ one: { pass: 1 } }, { one: { pass: 2 } })?.checks[0]?.pass).toBe(3);
  });
});

describe('the score', () => {
  const states = (...list: Parameters<typeof scoreOf>[0][number]['state'][]) =>
    scoreOf(list.map((state) => ({ state, accepted: false })));

  it('is the share of what passes among what can be judged and applies; unknown does not pass', () => {
    expect(states('pass', 'pass', 'fail', 'unknown', 'manual', 'not-applicable')).toEqual({
      percent: 50,
      pass: 2,
      fail: 1,
      unknown: 1,
      notApplicable: 1,
      manual: 1,
      accepted: 0,
      total: 6,
    });
  });

  it('is 100 only when all pass, and nothing where nothing can be judged', () => {
    expect(states(...Array.from({ length: 1999 }, () => 'pass' as const), 'fail').percent).toBe(99.9);
    expect(states('pass').percent).toBe(100);
    expect(states('manual').percent).toBeNull();
    expect(states('unknown').percent).toBeNull();
  });

  it('counts what passes by accepted failures', () => {
    expect(scoreOf([{ state: 'pass', accepted: true }])).toMatchObject({
      pass: 1,
      accepted: 1,
      percent: 100,
    });
  });
});
