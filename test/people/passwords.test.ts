import { describe, expect, test } from '@jest/globals';
import { hashPassword, isPassword, ownNames, requireStrong } from '../../src/people/passwords.ts';

const own = ownNames('jane.doe@acme.example', 'Jane Doe', 'acme');

describe('a password', () => {
  test('is stored as its hash alone, with a salt of its own', async () => {
    const [one, other] = await Promise.all([hashPassword('same words'), hashPassword('same words')]);
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await Promise.all([isPassword('same words', one), isPassword('Same words', one)])).toEqual([
      true,
      false,
    ]);
    expect(await isPassword('', null)).toBe(false);
  });

  test.each([
    ['correct horse battery staple', ''],
    ['fahrrad-lampe-zwölf-nebel', ''],
    ['short', 'characters'],
    ['x'.repeat(257), 'characters'],
    ['passwordpassword', 'guessed'],
    ['aaaaaaaaaaaaaaaaaaaaa', 'guessed'],
    ['qwertyuiopasdfghjkl', 'guessed'],
    ['vedette-acme-2026', 'guessed'],
    ['jane.doe@acme.example', 'guessed'],
  ])('%s is taken or refused', async (password, problem) => {
    const told = await requireStrong(password, { own, hasSecondFactor: false }).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(told).toContain(problem);
    expect(told === '').toBe(problem === '');
  });

  test('may be shorter with a second factor', async () => {
    const judge = (hasSecondFactor: boolean) => requireStrong('hT9#vq2Lm', { own, hasSecondFactor });
    await expect(judge(false)).rejects.toThrow('15 to 256');
    await expect(judge(true)).resolves.toBeUndefined();
  });
});
