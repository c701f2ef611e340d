import type { ComplianceBasis } from '../compliance/basis.ts';
import type { Config } from '../settings.ts';

/**
 * The catalogue of checks and the frameworks that speak of them. Loaded when it is needed: it is large.
 *
 * @throws VedetteError `config-invalid` for a framework of the users' own that cannot be read
 */
export async function complianceBasisOf({ checks }: Config): Promise<ComplianceBasis> {
  const { complianceBasis } = await import('../sources/checks/described.ts');
  return complianceBasis(checks);
}
