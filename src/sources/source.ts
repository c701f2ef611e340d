import type { TargetAccess } from '../accounts/access.ts';
import type { ComplianceBasis } from '../compliance/basis.ts';
import type { SettingGroup, Values } from '../config/setting.ts';
import type { ScanDepth } from '../model/depth.ts';
import type { ObjectLedger } from '../model/object-ledger.ts';
import type { Observation } from '../model/observation.ts';
import type { BatchPlan } from '../model/pipeline.ts';
import type { AccountFailure, ScanOptions } from '../model/run.ts';
import type { Target } from '../model/target.ts';
import type { WorkContext } from '../work-context.ts';

/** All that a source is told of the configuration. */
export interface SourceConfig<Group extends SettingGroup = SettingGroup> {
  /** The values of its own settings. */
  settings: Values<Group>;
  /** VEDETTE_HOME: what the source installs lies in a folder below, named after the source. */
  home: string;
}

export interface CollectInput<Group extends SettingGroup = SettingGroup> extends SourceConfig<Group> {
  target: Target;
  /** How to get into the target. */
  access: TargetAccess;
  options: ScanOptions;
  /** What the database keeps of the objects of buckets, for this run. */
  ledger: ObjectLedger;
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
  /** Of a source with units: where its plan begins, so that nothing is asked twice. JSON; without it null. */
  planFrom?: unknown;
}

/** What a source needs on the machine before it can scan; to be repeated at any time. */
export interface SetupStep<Group extends SettingGroup = SettingGroup> {
  title: string;
  /**
   * @returns what is there now, in a few words
   * @throws VedetteError that says how to get what is missing.
   */
  run(own: SourceConfig<Group>, context: SetupContext): Promise<string>;
}

export interface SetupContext extends Pick<WorkContext, 'signal' | 'onProgress'> {
  /** Install missing system packages; takes effect for root only. */
  allowSystemPackages: boolean;
}

/** Results files that a source reads without having scanned by itself. */
export interface Importable {
  /** What people look for, e.g. `report_*.json`. */
  files: string;
  /** Whether a file is one by its name. */
  isNamed(name: string): boolean;
  /** Whether a file is one by how it begins; `head` is at least its first 4 KiB, or all of a shorter one. */
  beginsLike(head: string): boolean;
}

/** How a source takes part in `vedette demo`, whose accounts are profiles of an AWS configuration of its own. */
export interface SourceDemo<Group extends SettingGroup = SettingGroup> {
  /** Whether it is done in seconds, and so is shown before the others. */
  isQuick?: true;
  /**
   * Makes the source reach simulated accounts, which are at the `endpoint_url` of their profiles.
   *
   * @param folder for what it has to write
   * @returns variables for the worker
   * @throws VedetteError `python-missing` or `setup-failed` when it cannot be got ready.
   */
  simulated(
    own: SourceConfig<Group>,
    folder: string,
    context: Pick<WorkContext, 'signal' | 'onProgress'>,
  ): Promise<Readonly<Record<string, string>>>;
  /** Replays recorded scans, where accounts cannot be simulated; absent where there are none. */
  recorded?(folder: string): Promise<RecordedDemo>;
}

export interface RecordedDemo {
  /** Variables for the worker. */
  environment: Readonly<Record<string, string>>;
  /** What an account's profile has to say. */
  profile(accountId: string): Readonly<Record<string, string>>;
}

/** What of a scan is asked for by names. */
export type NamedScope = Pick<ScanOptions, 'services' | 'regions' | 'frameworks' | 'checks'>;

/** What of a scope a source cannot scan, and what to name instead. */
export interface ScopeProblem {
  /** The flag of the command line, and the key of a schedule. */
  option: 'services' | 'regions' | 'framework' | 'check';
  message: string;
  remedy: string;
}

/** What of the general options of a scan a source knows, and what they may be; for those who choose. */
export interface SourceOptions {
  depths: readonly ScanDepth[];
  /** The one that is meant where none is named. */
  depth: ScanDepth | null;
  services: readonly string[];
  frameworks: readonly { id: string; title: string }[];
}

/** One tool whose results become events: the same shape for every tool. One that is no `Scanner` is only imported. */
export interface Source<Group extends SettingGroup = SettingGroup> {
  /** As it stands in tables, flags and JSON, and the name of its section of the configuration. */
  id: string;
  title: string;
  /** Its section of the configuration; one without settings has no section. */
  settings: Group;
  /** Null where there is nothing but its own scans. */
  importable: Importable | null;
  /**
   * Reads an artifact: the scan's facts first, then findings and events, in bounded memory.
   *
   * @throws VedetteError `results-missing` or `results-invalid`, naming the file.
   */
  interpret(file: string, context: WorkContext, own: SourceConfig<Group>): AsyncIterable<Observation>;
  /** Whether its results are kept with the scan, so that they can be read again later. */
  keepsResults?: true;
  /**
   * Of a source with a catalogue of checks that frameworks speak of.
   *
   * @throws VedetteError `config-invalid` for a framework of the users' own that cannot be read
   */
  compliance?(own: SourceConfig<Group>): Promise<ComplianceBasis>;
}

/** A source that accounts can be scanned with. */
export interface Scanner<Group extends SettingGroup = SettingGroup> extends Source<Group> {
  /** AWS managed policies and single permissions that a scan needs. */
  permissions: { managedPolicies: readonly string[]; actions: readonly string[] };
  /**
   * Of a source with a catalogue of checks: the single permissions that a scan of some of them needs.
   *
   * @throws VedetteError `usage` for a name that stands for nothing
   */
  permissionsFor?(own: SourceConfig<Group>, options: ScanOptions): Promise<readonly string[]>;
  /** In the order in which they are done. */
  setup: readonly SetupStep<Group>[];
  /**
   * Whether it can scan.
   *
   * @returns what it scans with, in a few words
   * @throws VedetteError that says what is missing.
   */
  check(own: SourceConfig<Group>, context: Pick<WorkContext, 'signal'>): Promise<string>;
  /** Null where the demo goes without. */
  demo: SourceDemo<Group> | null;
  /**
   * Judges the names of what is to be scanned before a run starts; null when it knows them all. Left out by a source that
   * takes any.
   *
   * @throws VedetteError `config-invalid` for what users declared themselves, and cannot be read
   */
  scopeProblem?(options: NamedScope, own: SourceConfig<Group>): ScopeProblem | null;
  /** Left out by a source that knows no others than services and regions. */
  choices?(own: SourceConfig<Group>): Promise<SourceOptions>;
  /** Looks at one target and leaves what it saw in the folder. */
  collect(input: CollectInput<Group>, context: WorkContext): Promise<Collected>;
  /** Of a source whose scans may be too much for one step. */
  units?: Units<Group>;
}

export function isScanner(source: Source): source is Scanner {
  return 'collect' in source;
}

/** A source as it declares itself; the types of its settings are those of the declared group. */
export function defineSource<Group extends SettingGroup>(source: Scanner<Group>): Scanner<Group>;
export function defineSource<Group extends SettingGroup>(source: Source<Group>): Source<Group>;
export function defineSource<Group extends SettingGroup>(source: Source<Group>): Source<Group> {
  return source;
}

/**
 * How a source divides a scan that is too much for one step. `collect` then leaves the head of the results; every batch
 * leaves one more file, and all of them, joined in the order in which they were planned, are what `interpret` reads.
 * So they must be such that they can be joined: lines, compressed or not.
 *
 * Batches and cursors are JSON of the source's own; a batch that has a `label` is shown by it. A batch is a few minutes of work; it may be tried several times, also
 * at once, on any worker, and ends when the signal is aborted.
 */
export interface Units<Group extends SettingGroup = SettingGroup, Batch = unknown, Cursor = unknown> {
  /** How many batches of one scan are collected at a time. */
  atOnce(own: SourceConfig<Group>): number;
  /**
   * The next batches, at most as many and as large as `PLAN_LIMITS`.
   *
   * @param cursor at first what `collect` gave, or null; then what the plan before gave
   */
  plan(
    input: CollectInput<Group>,
    cursor: Cursor | null,
    context: WorkContext,
  ): Promise<BatchPlan & { batches: readonly Batch[]; next: { cursor: Cursor } | null }>;
  /** Leaves what is in a batch as a file of the folder, which is the batch's own; gives its path. */
  collectBatch(input: CollectInput<Group>, batch: Batch, context: WorkContext): Promise<string>;
  /**
   * Leaves instead a file that says what was not seen, and why, so that `interpret` makes of it an unseen place of the
   * scope. Null when this failure is one of the whole scan; so it is for every failure where this is left out.
   */
  onBatchFailed?(
    input: CollectInput<Group>,
    batch: Batch,
    failure: AccountFailure,
    context: WorkContext,
  ): Promise<string | null>;
}
