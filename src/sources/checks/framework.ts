/** A catalogue of requirements, and the checks that bear on them. The framework owns the mapping; a check knows none. */
export interface Framework {
  /** In flags and JSON, e.g. `cis-5.0`. */
  id: string;
  name: string;
  version: string;
  /** By check, its requirements with spaces between. */
  checks: Readonly<Record<string, string>>;
  /** Checks whose mapping is our own proposal, which nobody has published. */
  proposed: 'all' | readonly string[];
}

/** The requirements that a check bears on. */
export function requirementsOf({ checks }: Framework, checkId: string): string[] {
  return checks[checkId]?.split(' ') ?? [];
}
