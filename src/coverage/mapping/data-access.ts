import { gcpKey } from './event-name.ts';
import type { NamedEvent } from './event-name.ts';

/** Verbs of methods that read or use data; Google records them only where Data Access logs are switched on. */
const READING =
  /^(?:get|list|search|read|query|lookup|access|fetch|aggregated|export|download|encrypt|decrypt|sign|generate|test|batchget|partition|run(?:aggregation)?query|pull|watch)/;
/** Services whose Data Access logs are always on, or are written elsewhere. */
const ALWAYS_ON = /^(?:bigquery|login|admin)\b/;
const KINDS = ['ADMIN_READ', 'DATA_READ', 'DATA_WRITE'] as const;
export type DataAccessLog = (typeof KINDS)[number];

/**
 * The audit logs of a service in which a method of Google Cloud can be, one of which has to be switched on; none of a method
 * that is always recorded.
 */
export function dataAccessLogsOf({ source, name }: NamedEvent): readonly DataAccessLog[] {
  const key = gcpKey(name);
  if (key === '' || ALWAYS_ON.test(source) || ALWAYS_ON.test(key)) return [];
  const last = key.split(/[.:]/).at(-1) ?? '';
  if (/(?:^|\.)storage\.objects\./.test(key)) {
    return READING.test(last) ? ['DATA_READ'] : ['DATA_WRITE'];
  }
  return READING.test(last) ? ['ADMIN_READ', 'DATA_READ'] : [];
}

/** `storage.googleapis.com` of `storage.objects.get` where the rule names no service itself; null where that is not told. */
export function auditedServiceOf({ source, name }: NamedEvent): string | null {
  if (source.endsWith('.googleapis.com') || source === 'k8s.io') return source;
  const key = gcpKey(name);
  if (key.startsWith('k8s:')) return 'k8s.io';
  const service = SERVICES.find(([pattern]) => pattern.test(key));
  return service?.[1] ?? null;
}

/** How methods begin that are called otherwise than their service. */
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/^storage\./, 'storage.googleapis.com'],
  [/^compute\./, 'compute.googleapis.com'],
  [/secretmanager/, 'secretmanager.googleapis.com'],
  [/^iam\.credentials|generateaccesstoken|generateidtoken|signblob|signjwt/, 'iamcredentials.googleapis.com'],
  [/^iam\./, 'iam.googleapis.com'],
  [/^kms|keymanagementservice/, 'cloudkms.googleapis.com'],
  [/^cloudsql\./, 'cloudsql.googleapis.com'],
];
