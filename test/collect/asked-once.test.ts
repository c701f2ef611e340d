import { describe, expect, it } from '@jest/globals';
import { askedOnce } from '../../src/collect/asked-once.ts';
import type { Caller } from '../../src/collect/call.ts';

const scan = (): Caller => ({
  clients: {} as Caller['clients'],
  region: 'eu-west-1',
  regions: ['eu-west-1'],
  accountId: '111111111111',
  partition: 'aws',
});

describe('what several things have in common', () => {
  it('is asked once in each scan and region, by its name', async () => {
    const asked: string[] = [];
    const group = askedOnce(async ({ region }, name) => {
      asked.push(`${region} ${name}`);
      return `${name} in ${region}`;
    });
    const [one, other] = [scan(), scan()];
    const elsewhere = { ...one, region: 'eu-central-1' };
    const answers = await Promise.all([
      group(one, 'own'),
      group(one, 'own'),
      group(one, 'default'),
      group(elsewhere, 'own'),
      group(other, 'own'),
    ]);
    expect(answers).toEqual([
      'own in eu-west-1',
      'own in eu-west-1',
      'default in eu-west-1',
      'own in eu-central-1',
      'own in eu-west-1',
    ]);
    expect(asked.toSorted()).toEqual([
      'eu-central-1 own',
      'eu-west-1 default',
      'eu-west-1 own',
      'eu-west-1 own',
    ]);
  });

  it('has no answer for anybody where it has none for one', async () => {
    let asked = 0;
    const group = askedOnce(async (): Promise<string> => {
      asked += 1;
      throw new TypeError('denied');
    });
    const caller = scan();
    await expect(group(caller, 'own')).rejects.toThrow('denied');
    await expect(group(caller, 'own')).rejects.toThrow('denied');
    expect(asked).toBe(1);
  });
});
