import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CircuitBreaker } from '../../src/aws/circuit-breaker.ts';

const IN_A_ROW = 8;
const REST_MS = 30_000;

function brokenAt(time: { ms: number }): CircuitBreaker {
  const breaker = new CircuitBreaker(() => time.ms);
  for (let call = 0; call < IN_A_ROW; call += 1) breaker.failed('ECONNRESET');
  return breaker;
}

describe('CircuitBreaker', () => {
  test('is open exactly when as many calls as that have failed in a row', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (outcomes) => {
        const breaker = new CircuitBreaker(() => 0);
        let failures = 0;
        for (const answered of outcomes) {
          expect(breaker.refusal() === null).toBe(failures < IN_A_ROW);
          if (answered) breaker.answered();
          else breaker.failed('no answer');
          failures = answered ? 0 : failures + 1;
        }
      }),
    );
  });

  test('tells why, until it has rested', () => {
    const time = { ms: 0 };
    const breaker = brokenAt(time);
    expect(breaker.refusal()).toBe('8 calls in a row have failed, the last with: ECONNRESET');
    time.ms = REST_MS - 1;
    expect(breaker.refusal()).not.toBeNull();
  });

  test('after a rest one call tries for all; its answer closes it, its failure is another rest', () => {
    const time = { ms: 0 };
    const breaker = brokenAt(time);
    time.ms = REST_MS;
    expect(breaker.refusal()).toBeNull();
    expect(breaker.refusal()).not.toBeNull();
    breaker.failed('ECONNRESET');
    time.ms += REST_MS - 1;
    expect(breaker.refusal()).not.toBeNull();
    time.ms += 1;
    expect(breaker.refusal()).toBeNull();
    breaker.answered();
    expect(breaker.refusal()).toBeNull();
  });
});
