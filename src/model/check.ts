import type { Level } from './level.ts';

/** A check of our own catalogue, as people read it. */
export interface DescribedCheck {
  id: string;
  /** What is true where it passes. */
  title: string;
  service: string;
  /** How far a scan has to go to ask it. */
  depth: 'quick' | 'standard' | 'deep';
  level: Level;
  category: string;
  resourceType: string;
  failsWhen: string;
  remediation: string;
  /** A command of the AWS CLI that does it. */
  command: string | null;
  /** Thresholds and lists with their defaults. */
  parameters: Readonly<Record<string, unknown>>;
  /** Of AWS's API, e.g. `ec2:DescribeVolumes`. */
  calls: readonly string[];
  equivalents: readonly Equivalent[];
}

/** What another tool calls the same check. */
export interface Equivalent {
  tool: string;
  title: string;
  ids: readonly string[];
}
