import type { Observation } from '../model/observation.ts';
import type { AccountTarget, ScanOptions } from '../model/run.ts';
import type { Config } from '../settings.ts';
import type { WorkContext } from '../work-context.ts';

export interface CollectInput {
  target: AccountTarget;
  options: ScanOptions;
  /** A folder for this account's scan alone; what an earlier attempt left in it is removed first. */
  folder: string;
}

/** What a source's collector leaves: a results file, and what the run should know about it. */
export interface Collected {
  /** The results file, inside the folder. */
  file: string;
  /** Other files of the same folder that `interpret` looks for beside the results. */
  companions: readonly string[];
  /** As the results say, twelve digits. */
  accountId: string;
  /** Exit code of the scanner. */
  exitCode: number;
}

/** One tool whose results become events: the same shape for every tool. */
export interface Source {
  /** As it stands in tables, flags and JSON, e.g. `scoutsuite`. */
  id: string;
  title: string;
  /** AWS managed policies and single permissions that a scan needs. */
  permissions: { managedPolicies: readonly string[]; actions: readonly string[] };
  collect(config: Config, input: CollectInput, context: WorkContext): Promise<Collected>;
  /**
   * Reads an artifact: the scan's facts first, then findings and events, in bounded memory.
   *
   * @throws VedetteError `results-missing` or `results-invalid`, naming the file.
   */
  interpret(file: string, context: WorkContext): AsyncIterable<Observation>;
}
