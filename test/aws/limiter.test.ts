import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Limiter } from '../../src/aws/limiter.ts';
import type { Pace } from '../../src/aws/limiter.ts';

const { signal } = new AbortController();

/** Time that passes when somebody sleeps, and only then. */
function makeClock() {
  let now = 0;
  return {
    now: () => now,
    async sleep(ms: number) {
      now += ms;
    },
  };
}

const paces = fc
  .record({
    least: fc.double({ min: 0.1, max: 1, noNaN: true }),
    first: fc.double({ min: 1, max: 50, noNaN: true }),
    above: fc.double({ min: 0, max: 100, noNaN: true }),
    burst: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ least, first, above, burst }): Pace => ({ least, first, most: first + above, burst }));
const answers = fc.array(fc.constantFrom('succeeded' as const, 'throttled' as const), { maxLength: 200 });

describe('Limiter', () => {
  test('in no stretch of time lets more calls through than its burst and its highest pace allow', async () => {
    await fc.assert(
      fc.asyncProperty(paces, answers, async (pace, outcomes) => {
        const clock = makeClock();
        const limiter = new Limiter(pace, clock);
        const turns: number[] = [];
        for (const outcome of outcomes) {
          await limiter.take(signal);
          turns.push(clock.now());
          limiter[outcome]();
        }
        for (const [first, from] of turns.entries()) {
          for (const [index, at] of turns.entries()) {
            if (index < first) continue;
            const allowed = pace.burst + ((at - from) / 1000) * pace.most;
            expect(index - first + 1).toBeLessThanOrEqual(allowed + 1e-6);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('stays within its bounds, and moves the right way', async () => {
    await fc.assert(
      fc.asyncProperty(paces, answers, async (pace, outcomes) => {
        const limiter = new Limiter(pace, makeClock());
        for (const outcome of outcomes) {
          await limiter.take(signal);
          const before = limiter.rate;
          limiter[outcome]();
          const gained = limiter.rate - before;
          expect(outcome === 'throttled' ? -gained : gained).toBeGreaterThanOrEqual(0);
          expect(limiter.rate).toBeGreaterThanOrEqual(pace.least);
          expect(limiter.rate).toBeLessThanOrEqual(pace.most);
        }
      }),
    );
  });

  const pace = { first: 16, least: 1, most: 100, burst: 4 };

  test('halves once for all calls that were under way, and again a second later', async () => {
    const clock = makeClock();
    const limiter = new Limiter(pace, clock);
    for (let call = 0; call < 5; call += 1) limiter.throttled();
    expect(limiter.rate).toBe(8);
    await clock.sleep(1000);
    limiter.throttled();
    expect(limiter.rate).toBe(4);
  });

  test('a second in which all goes well makes it one call a second faster', async () => {
    const clock = makeClock();
    const limiter = new Limiter({ ...pace, burst: 1 }, clock);
    const end = clock.now() + 10_000;
    while (clock.now() < end) {
      await limiter.take(signal);
      limiter.succeeded();
    }
    expect(limiter.rate).toBeGreaterThan(24);
    expect(limiter.rate).toBeLessThan(28);
  });

  test('who gives up takes no turn, and those behind come in their order', async () => {
    const clock = makeClock();
    const limiter = new Limiter({ ...pace, burst: 1 }, clock);
    const gone = new AbortController();
    await limiter.take(signal);
    const order: string[] = [];
    const one = limiter.take(gone.signal).catch((error: Error) => order.push(error.message));
    const two = limiter.take(signal).then(() => order.push('two'));
    const three = limiter.take(signal).then(() => order.push('three'));
    gone.abort(new Error('gone'));
    await Promise.all([one, two, three]);
    expect(order).toEqual(['gone', 'two', 'three']);
    expect(clock.now()).toBeLessThanOrEqual(2 * Math.ceil(1000 / 16));
  });
});
