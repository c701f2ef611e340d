import type { Outcome } from '../../catalogue.ts';
import { parsePolicy } from '../../iam-policy/document.ts';
import type { Statement } from '../../iam-policy/document.ts';
import type { Authorization, Group, Role, User } from './collect.ts';
import { isServiceLinked } from './trust.ts';

type JudgePolicy = (statements: readonly Statement[]) => Outcome;

/** Judges a managed policy of the account; those of AWS are not the account's to change. */
export function judgeCustomerPolicy(subject: Authorization, judge: JudgePolicy): Outcome | null {
  if (subject.kind !== 'policy' || subject.ofAws) return null;
  const outcome = judge(parsePolicy(subject.document) ?? []);
  return { ...outcome, details: { ...outcome.details, attachments: subject.attachments } };
}

/** Judges each policy that is written into a user, group or role. */
export function judgeInlinePolicies(subject: Authorization, judge: JudgePolicy): Outcome[] | null {
  if (subject.kind === 'policy' || isServiceLinked(subject)) return null;
  return subject.inline.map(({ name, document }) => {
    const outcome = judge(parsePolicy(document) ?? []);
    return { ...outcome, details: { ...outcome.details, policy: name }, subKey: name };
  });
}

export function judgeCustomerOrInline(
  subject: Authorization,
  judge: JudgePolicy,
): Outcome | readonly Outcome[] | null {
  return judgeCustomerPolicy(subject, judge) ?? judgeInlinePolicies(subject, judge);
}

/** Whether an ARN is that of AWS's own policy of this name, wherever in their tree it is. */
export function isAwsPolicy(arn: string, name: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\//.test(arn) && arn.endsWith(`/${name}`);
}

/** Users, groups and roles that AWS's policy of this name is attached to. */
export function holdersOf(name: string, all: readonly Authorization[]): (User | Group | Role)[] {
  return all
    .filter((one) => one.kind !== 'policy')
    .filter(({ attached }) => attached.some((arn) => isAwsPolicy(arn, name)));
}
