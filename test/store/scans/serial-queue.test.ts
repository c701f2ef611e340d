import { describe, expect, test } from '@jest/globals';
import { SerialQueue } from '../../../src/store/scans/serial-queue.ts';

describe('a line', () => {
  test('does what was added one after the other', async () => {
    const line = new SerialQueue();
    const told: string[] = [];
    const slow = line.add(async () => {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
      told.push('slow');
      return 1;
    });
    const quick = line.add(async () => {
      told.push('quick');
      return 2;
    });
    await line.ended();
    expect(told).toEqual(['slow', 'quick']);
    expect(await Promise.all([slow, quick])).toEqual([1, 2]);
  });

  test('does nothing after what has failed, and tells why', async () => {
    const line = new SerialQueue();
    const failing = line.add(async () => {
      throw new Error('full');
    });
    let done = false;
    const next = line.add(async () => {
      done = true;
    });
    await expect(failing).rejects.toThrow('full');
    await expect(next).rejects.toThrow('full');
    await expect(line.ended()).rejects.toThrow('full');
    expect(done).toBe(false);
  });
});
