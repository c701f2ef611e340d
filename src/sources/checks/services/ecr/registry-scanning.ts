import { matches } from '../../iam-policy/document.ts';
import type { RegistryScanning } from './collect.ts';

/** Whether the registry scans a repository by itself. A pattern without `*` stands for all names that it is part of. */
export function isScanned(repository: string, { scanned }: RegistryScanning): boolean {
  return scanned.some((pattern) =>
    pattern.includes('*') ? matches(pattern, repository) : repository.includes(pattern),
  );
}
