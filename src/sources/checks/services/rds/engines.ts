/** Ports by which an engine is known. */
const DEFAULT_PORTS: readonly (readonly [RegExp, number])[] = [
  [/^(?:mysql|mariadb|aurora|aurora-mysql)$/, 3306],
  [/^(?:postgres|aurora-postgresql)$/, 5432],
  [/^(?:custom-)?oracle-/, 1521],
  [/^(?:custom-)?sqlserver-/, 1433],
  [/^db2-/, 50_000],
];

/** Engines by the parameter that makes them refuse what is not encrypted. */
const TLS: readonly (readonly [RegExp, string])[] = [
  [/^(?:postgres|aurora-postgresql|sqlserver-.*)$/, 'rds.force_ssl'],
  [/^(?:mysql|mariadb|aurora-mysql)$/, 'require_secure_transport'],
];
export const TLS_PARAMETERS: readonly string[] = TLS.map(([, parameter]) => parameter);

/** From which version on they refuse it without being told (November 2026). */
const TLS_BY_DEFAULT: Readonly<Record<string, number>> = { postgres: 15, 'aurora-postgresql': 17 };

/** Engines that know users of IAM. */
const WITH_IAM = ['mysql', 'mariadb', 'postgres', 'aurora-mysql', 'aurora-postgresql'];

export function isAurora({ engine }: { engine: string }): boolean {
  return engine.startsWith('aurora');
}

export function knowsIam({ engine }: { engine: string }): boolean {
  return WITH_IAM.includes(engine);
}

export function defaultPortOf(engine: string): number | null {
  return DEFAULT_PORTS.find(([engines]) => engines.test(engine))?.[1] ?? null;
}

/** The parameter that makes an engine refuse what is not encrypted; null where there is none. */
export function tlsParameterOf(engine: string): string | null {
  return TLS.find(([engines]) => engines.test(engine))?.[1] ?? null;
}

/** Whether an engine refuses it where the parameter says nothing. */
export function refusesPlainByDefault(engine: string, version: string): boolean {
  return Number.parseInt(version, 10) >= (TLS_BY_DEFAULT[engine] ?? Number.POSITIVE_INFINITY);
}
