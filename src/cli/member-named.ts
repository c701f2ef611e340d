import type { Store } from '../store/database/store.ts';

/** Whom an address means in an organisation. @throws VedetteError `not-found` */
export async function memberNamed(
  store: Store,
  organizationId: string,
  email: string,
): Promise<{ userId: number }> {
  const [{ listMembers }, { emailKey }, { VedetteError }] = await Promise.all([
    import('../store/people/members.ts'),
    import('../model/person.ts'),
    import('../errors.ts'),
  ]);
  const members = await listMembers(store, organizationId);
  const found = members.find((member) => emailKey(member.email) === emailKey(email));
  if (found !== undefined) return found;
  throw new VedetteError('not-found', `${email} does not belong to the organisation ${organizationId}.`, {
    remedy: 'vedette user list shows who does.',
  });
}
