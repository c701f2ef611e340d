import type { AllowedCall } from '../../aws/read-only.ts';
import type { CollectedItem } from '../../collect/call.ts';
import { SCAN_DEPTHS } from '../../model/depth.ts';
import type { ScanDepth } from '../../model/depth.ts';
import type { Level } from '../../model/level.ts';
import { calls } from './calls.ts';
import type { AnswerOf, CallName, DetailName, ItemOf, ListName } from './calls.ts';

/** How far a scan goes; each depth holds the checks of those before it. */
export const DEPTHS = SCAN_DEPTHS;
export type Depth = ScanDepth;

export const CATEGORIES = [
  'access',
  'availability',
  'backup',
  'detection',
  'governance',
  'logging',
  'public',
  'residency',
  'rest',
  'retention',
  'secrets',
  'transit',
  'vuln',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** What people and frameworks know a check by. */
export interface CheckMetadata {
  /** In the database and in frameworks: never changes. */
  id: string;
  /** What is true where it passes. */
  title: string;
  service: string;
  depth: Depth;
  level: Level;
  category: Category;
  /** As CloudFormation names it, or in that form where it has no name. */
  resourceType: string;
  failsWhen: string;
  /** What to do. */
  remediation: string;
  /** A command of the AWS CLI, where one call does it. */
  command?: string;
}

/** Thresholds and lists with their defaults. */
export type Parameters = Readonly<
  Record<string, number | boolean | string | readonly number[] | readonly string[]>
>;

/** What a check says of one thing, or of one part of it. */
export interface Outcome {
  verdict: 'pass' | 'fail' | 'unknown';
  /** Evidence. */
  details?: Readonly<Record<string, unknown>>;
  /** Which part of the resource, where it has several: its content, never its place in a list. */
  subKey?: string;
  /** Of an unknown one: why it cannot be told. */
  reason?: string;
}

export const pass = (details: Outcome['details'] = {}): Outcome => ({ verdict: 'pass', details });
export const fail = (details: Outcome['details'] = {}): Outcome => ({ verdict: 'fail', details });
/** Of what the answers do not tell, although they are there. */
export const unknown = (reason: string): Outcome => ({ verdict: 'unknown', reason });
/** Fails when it is so. */
export const failIf = (isSo: boolean, details: Outcome['details'] = {}): Outcome =>
  isSo ? fail(details) : pass(details);

/**
 * What a check is judged on: what a call has listed; each region by itself; or all regions at once, for what has to be
 * in one of them. What was not answered in some of them makes nothing of a pass, for it is there all the same.
 */
export type On = ListName | 'region' | 'account';
export type Subject<Named extends On> = Named extends ListName ? ItemOf<Named> : CollectedItem;

/** All that a check may look at beside its subject. Reads nothing, and knows no other time than that of the snapshot. */
export interface View<Needs extends CallName = CallName, Own extends Parameters = Parameters> {
  accountId: string;
  /** Those that were asked. */
  regions: readonly string[];
  /** Whether these are all that the account has enabled. */
  allRegionsRead: boolean;
  /** Start of the scan, milliseconds since 1970. */
  now: number;
  parameters: Own;
  /** Everything that the call has listed in the region, or in the account. */
  list<Name extends Needs & ListName>(name: Name): readonly ItemOf<Name>[];
  /** What was answered about the subject. */
  detail<Name extends Needs & DetailName>(name: Name): AnswerOf<Name> | null;
  /** What was answered about another thing. */
  detailOf<Name extends Needs & DetailName>(name: Name, id: string): AnswerOf<Name> | null;
}

/** Outcomes of a thing; null where the check does not concern it. */
export type Judge<Named extends On, Needs extends CallName, Own extends Parameters> = (
  subject: Subject<Named>,
  view: View<Needs, Own>,
) => Outcome | readonly Outcome[] | null;

/** Fails when a value of the subject is so. */
export type Row<Item, Own extends Parameters> =
  | { [Path in keyof Item & string]: { path: Path; op: 'is' | 'is-not'; value: Item[Path] } }[keyof Item &
      string]
  | { path: NumbersOf<Item>; op: 'below' | 'above'; parameter: keyof Own & string };

type NumbersOf<Item> = {
  [Path in keyof Item & string]: Item[Path] extends number ? Path : never;
}[keyof Item & string];

interface Declared<Named extends On, Needs extends CallName, Own extends Parameters> extends CheckMetadata {
  /** What lists its subjects: one call, or several that list the same kind of thing. */
  on: Named | readonly Named[];
  /** Without an answer to any of these, the check says nothing of what they concern. */
  needs?: readonly Needs[];
  /** Whether lists are those of all regions together: for what is told by comparing what is there. */
  acrossRegions?: boolean;
  parameters?: Own;
}

export interface Check extends CheckMetadata {
  /** What lists its subjects; nothing where these are the regions themselves, or the account. */
  on: readonly ListName[];
  /** All calls whose answers it needs, that which lists its subjects first. */
  needs: readonly CallName[];
  /** Whether its subjects are in no region, or in regions of their own. */
  isGlobal: boolean;
  /** Whether it is judged once, on what there is in all regions. */
  isOverall: boolean;
  parameters: Parameters;
  judge(subject: CollectedItem, view: View): Outcome | readonly Outcome[] | null;
}

/** A check as its file declares it: by a row, where one value decides, else by a function. */
export function defineCheck<
  Named extends On,
  Needs extends CallName = never,
  Own extends Parameters = Parameters,
>(
  declared: Declared<Named, Needs, Own> &
    ({ failsIf: Row<Subject<Named>, Own> } | { judge: Judge<Named, Needs | Extract<Named, CallName>, Own> }),
): Check {
  const { on: declaredOn, needs = [], acrossRegions = false, parameters = {}, ...rest } = declared;
  const named: readonly On[] = Array.isArray(declaredOn) ? declaredOn : [declaredOn as Named];
  const on = named.filter((name) => name !== 'region' && name !== 'account');
  const ofAccount = named.includes('account');
  const judge = 'judge' in rest ? rest.judge : judgeByRow(rest.failsIf as Row<Subject<Named>, Parameters>);
  return {
    ...rest,
    on,
    needs: [...on, ...needs],
    isGlobal: ofAccount || on.some((name) => calls[name].where === 'global'),
    isOverall: ofAccount || acrossRegions,
    parameters,
    // The engine gives each check the subjects and the view that it has declared.
    judge,
  };
}

function judgeByRow<Item>(row: Row<Item, Parameters>) {
  return (subject: Item, { parameters }: { parameters: Parameters }): Outcome => {
    const found = subject[row.path as keyof Item];
    const details = { [row.path]: found };
    if ('value' in row) {
      return failIf((found === row.value) === (row.op === 'is'), details);
    }
    const bound = parameters[row.parameter] as number;
    const isPast = row.op === 'below' ? (found as number) < bound : (found as number) > bound;
    return failIf(isPast, { ...details, [row.parameter]: bound });
  };
}

/** The calls of checks, each once. */
export function callsOf(checks: readonly Check[]): AllowedCall[] {
  return [...new Set(checks.flatMap(({ needs }) => needs))];
}
