import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

/** Clouds whose detections are mapped. */
export type Provider = 'aws' | 'gcp';

/** A technique of a version of ATT&CK. */
export interface Technique {
  id: string;
  name: string;
  /** Null of a technique that is no part of another. */
  parent: string | null;
  /** Shortnames, e.g. `defense-evasion`. */
  tactics: readonly string[];
  platforms: readonly string[];
  /** Whether it is known on a platform of clouds. */
  cloud: boolean;
}

export interface AttackData {
  version: string;
  tactics: readonly { id: string; shortname: string; name: string }[];
  techniques: readonly Technique[];
}

export interface Crosswalk {
  replaced: readonly { v18: string; v19: string }[];
}

/** What rule sets say of one event. */
export interface MappedEvent {
  /** Rule sets that map it at all. */
  sets: number;
  /** Rule sets by tactic. */
  tactics: Readonly<Record<string, number>>;
  techniques: readonly {
    id: string;
    v19: string;
    /** Rules by rule set. */
    by: Readonly<Record<string, number>>;
    /** Rule sets that name this technique, and that name its parent or one of that. */
    agree: number;
    agree_parent: number;
    /** Rule sets with a rule of few events for it. */
    narrow: number;
  }[];
}

export interface AwsEvents {
  events: readonly (MappedEvent & { source: string; name: string; read?: boolean })[];
}

export interface GcpMethods {
  methods: readonly (MappedEvent & { service: string; key: string; forms: readonly string[] })[];
}

export interface TechniqueId {
  id: string;
  v19: string;
}

/** What the products of AWS find by themselves. */
export interface AwsNative {
  guardduty: readonly {
    type: string;
    feature: string;
    services: readonly string[];
    techniques: readonly TechniqueId[];
    retired?: unknown;
  }[];
  config_rules: readonly {
    rule: string;
    identifier: string;
    services: readonly string[];
    ctid: readonly CtidMapping[];
  }[];
  security_hub_monitoring_controls: readonly {
    control: string;
    events: readonly string[];
    techniques: readonly TechniqueId[];
  }[];
}

interface CtidMapping extends TechniqueId {
  category: 'detect' | 'protect' | 'respond';
  score: 'minimal' | 'partial' | 'significant';
  co: number;
}

export interface GcpNative {
  event_threat_detection: readonly {
    category: string;
    rule: string | null;
    log: readonly string[];
    techniques: readonly TechniqueId[];
    methods: readonly { service: string; method: string }[];
    unavailable?: unknown;
  }[];
  etd_custom_modules: readonly { template: string; techniques: readonly TechniqueId[] }[];
  container_threat_detection: readonly { category: string; techniques: readonly TechniqueId[] }[];
  vm_threat_detection: readonly { category: string; techniques: readonly TechniqueId[] }[];
  security_health_analytics: readonly { category: string; techniques: readonly TechniqueId[] }[];
}

export interface ServiceData {
  aws: readonly {
    service: string;
    tier: string;
    event_sources: readonly string[];
    resource_types: readonly string[];
    log_groups: readonly string[];
    discovery: readonly string[];
    always?: boolean;
  }[];
  ec2_event_names: readonly { match: string; service: string }[];
  eventbridge_sources: readonly { source: string; event_source?: string; detail_type?: string }[];
  gcp: readonly {
    service: string;
    tier: string;
    audit_services: readonly string[];
    asset_types: readonly string[];
    only_collections?: Readonly<Record<string, readonly string[]>>;
    always?: boolean;
  }[];
}

export interface TechniqueServices {
  techniques: readonly {
    id: string;
    aws_services: readonly string[];
    gcp_services: readonly string[];
    basis: string;
  }[];
}

export interface ControlData {
  frameworks: readonly {
    id: string;
    name: string;
    version: string;
    controls: readonly {
      id: string;
      title: string;
      /** False where no detection in a cloud can speak for it. */
      assessable?: boolean;
      techniques?: readonly string[];
      cloud_context?: { aws_services: readonly string[]; gcp_services: readonly string[] };
    }[];
  }[];
}

export interface AwsOperations {
  /** By event source; names with spaces between them. */
  operations: Readonly<Record<string, string>>;
}

interface Files {
  'attack-18': AttackData;
  'attack-19': AttackData;
  'attack-crosswalk': Crosswalk;
  'aws-events': AwsEvents;
  'aws-native': AwsNative;
  'aws-operations': AwsOperations;
  controls: ControlData;
  'gcp-methods': GcpMethods;
  'gcp-native': GcpNative;
  services: ServiceData;
  'technique-services': TechniqueServices;
}

const read = new Map<string, unknown>();

/** One of the files in `data/`, read when it is first wanted; their origins and licences are in NOTICE.md there. */
export function coverageData<Name extends keyof Files>(name: Name): Files[Name] {
  const known = read.get(name);
  if (known !== undefined) return known as Files[Name];
  const file = join(packageRoot(), 'src', 'coverage', 'data', `${name}.json`);
  const data = JSON.parse(readFileSync(file, 'utf8')) as Files[Name];
  read.set(name, data);
  return data;
}
