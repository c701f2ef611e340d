import type { CredentialReportRow } from './credential-report.ts';

/** The root user's row, which the report may lack. */
export function rootIn(report: readonly CredentialReportRow[]): CredentialReportRow | undefined {
  return report.find(({ isRoot }) => isRoot);
}

/** Whether anybody can sign in as root, as far as the report tells: an organisation may have removed its credentials. */
export function canSignIn(root: CredentialReportRow | undefined): boolean {
  return root === undefined || root.passwordEnabled || root.keys.some((key) => key.active);
}

export function isOfRoot({ id, user }: { id: string; user: string | null }): boolean {
  return (user ?? '').endsWith(':root') || id.endsWith('root-account-mfa-device');
}
