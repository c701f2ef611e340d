import { fullAdminStatements } from '../../iam-policy/access.ts';
import { parsePolicy } from '../../iam-policy/document.ts';

/** Whether an identity's policy allows every action on every resource. */
export function isFullAdmin(document: string): boolean {
  return fullAdminStatements(parsePolicy(document) ?? []).length > 0;
}
