import type { Level } from '../../model/level.ts';

/** What a template watches, and why: everything else of it is generated. */
export interface TemplateDeclaration {
  /** Of ATT&CK 18.1. */
  technique: string;
  severity: Level;
  /** What an attacker does in the cloud, in a sentence. */
  why: string;
  /** Who else does it, in a sentence. */
  falsePositives: string;
  aws?: readonly AwsWatch[];
  gcp?: readonly GcpWatch[];
}

/** Events of one source of AWS. */
export interface AwsWatch {
  /** e.g. `iam.amazonaws.com`. */
  source: string;
  names: readonly string[];
  /** What else has to be so: values of fields of the event's detail, by their path. */
  only?: Readonly<Record<string, string>>;
}

export interface GcpWatch {
  /** e.g. `iam.googleapis.com`. */
  service: string;
  /** Methods as they stand in audit logs. */
  methods: readonly string[];
  /** Whether they are in Data Access logs, which are off by default. */
  dataAccess?: true;
}

export function aws(source: string, names: string, only?: AwsWatch['only']): AwsWatch {
  return { source: `${source}.amazonaws.com`, names: names.split(' '), ...(only !== undefined && { only }) };
}

export function gcp(service: string, methods: string): GcpWatch {
  return { service: `${service}.googleapis.com`, methods: methods.split(' ') };
}

export function gcpData(service: string, methods: string): GcpWatch {
  return { ...gcp(service, methods), dataAccess: true };
}
