import type { AwsFailureKind } from '../../../src/aws/failures.ts';
import type { AllowedCall } from '../../../src/aws/read-only.ts';
import { isListCall } from '../../../src/collect/call.ts';
import { SNAPSHOT_FORMAT } from '../../../src/collect/snapshot.ts';
import type { ErrorLine, SnapshotHead, SnapshotLine } from '../../../src/collect/snapshot.ts';
import { calls } from '../../../src/sources/checks/calls.ts';
import type { AnswerOf, DetailName, ItemOf, ListName } from '../../../src/sources/checks/calls.ts';
import type { Check } from '../../../src/sources/checks/catalogue.ts';
import { evaluate } from '../../../src/sources/checks/evaluate.ts';
import type { Verdict } from '../../../src/sources/checks/evaluate.ts';

export const ACCOUNT = '111111111111';
export const REGION = 'eu-west-1';
/** The start of every scan. */
export const NOW = '2026-11-20T12:00:00.000Z';

/** A time that lies so many whole days before the start of the scan. */
export const daysAgo = (days: number): string => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();

/** What was answered: of each list its items, of each detail the answer about each item. */
export type Answers = {
  [Name in ListName]?: readonly ItemOf<Name>[];
} & { [Name in DetailName]?: Readonly<Record<string, AnswerOf<Name> | null>> };

export const HEAD: SnapshotHead = {
  kind: 'head',
  format: SNAPSHOT_FORMAT,
  source: 'checks',
  version: '0',
  accountId: ACCOUNT,
  partition: 'aws',
  startedAt: NOW,
  regions: [REGION],
  regionsAsked: false,
  places: [null, REGION],
  asked: {
    checks: [],
    services: [],
    selection: { depth: 'deep', frameworks: [], checks: [], isAll: true },
  },
};

/** A call without an answer, or one without an answer about one resource. */
export interface Refusal {
  call: AllowedCall;
  failure: AwsFailureKind;
  resource?: string;
}

/** The lines of a snapshot in which everything that the check needs was answered, but for what was refused. */
export function linesFor(check: Check, answers: Answers, refused: readonly Refusal[] = []): SnapshotLine[] {
  const table = calls as Readonly<Record<string, (typeof calls)[keyof typeof calls]>>;
  const details = check.needs.filter((name) => 'of' in calls[name]);
  const lists = [
    ...new Set(check.needs.map((name) => ('of' in calls[name] ? (calls[name].of as ListName) : name))),
  ] as ListName[];
  const region = (name: AllowedCall): string | null => {
    const call = table[name];
    const list = call !== undefined && 'of' in call ? table[call.of] : call;
    return list !== undefined && isListCall(list) && list.where === 'global' ? null : REGION;
  };
  const error = ({ call, failure, resource }: Refusal): ErrorLine => ({
    kind: 'error',
    call,
    region: region(call),
    code: failure,
    failure,
    ...(resource === undefined ? {} : { resource }),
  });
  const lines = lists.flatMap((name): SnapshotLine[] => {
    const refusal = refused.find(({ call }) => call === name);
    if (refusal !== undefined) return [error(refusal)];
    const items = (answers[name] ?? []).flatMap((item): SnapshotLine[] => {
      const own = details.filter((detail) => (calls[detail] as { of?: string }).of === name);
      const gone = refused.filter(
        ({ call, resource }) => own.includes(call as DetailName) && resource === item.id,
      );
      const said = own
        .filter((detail) => !gone.some(({ call }) => call === detail))
        .map((detail) => [
          detail,
          (answers[detail as DetailName] as Record<string, unknown> | undefined)?.[item.id] ?? null,
        ]);
      return [
        ...gone.map(error),
        { kind: 'item', call: name, region: region(name), item, details: Object.fromEntries(said) },
      ];
    });
    return [{ kind: 'listed', call: name, region: region(name) }, ...items];
  });
  const place = (line: SnapshotLine): number => ('region' in line && line.region !== null ? 1 : 0);
  return lines.toSorted((one, other) => place(one) - place(other));
}

export async function verdictsOf(
  check: Check,
  lines: readonly SnapshotLine[],
  { regionsAsked = false }: { regionsAsked?: boolean } = {},
): Promise<Verdict[]> {
  async function* stream(): AsyncGenerator<SnapshotLine> {
    yield* lines;
  }
  const verdicts: Verdict[] = [];
  for await (const verdict of evaluate({ ...HEAD, regionsAsked }, stream(), [check])) verdicts.push(verdict);
  return verdicts;
}
