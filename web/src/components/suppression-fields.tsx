import { useState } from 'react';
import { SUPPRESSION_KINDS } from '../../../src/model/suppression.ts';
import type { SuppressionKind } from '../../../src/model/suppression.ts';
import { useSession } from '../app/session.ts';
import { titleCase } from '../lib/format.ts';
import { Field } from './field.tsx';

const DAY_MS = 86_400_000;
const ENDS = [
  ['7', 'in 7 days'],
  ['30', 'in 30 days'],
  ['90', 'in 90 days'],
  ['365', 'in a year'],
  ['never', 'when somebody ends it'],
] as const;

/** What a person fills in of a suppression. */
export interface SuppressionDraft {
  kind: SuppressionKind;
  reason: string;
  owner: string;
  /** Days, or `never`. */
  end: string;
}

/** A draft, to begin with by whoever is signed in, for three months. */
export function useSuppressionDraft() {
  const { person } = useSession();
  return useState<SuppressionDraft>({
    kind: 'accepted-risk',
    reason: '',
    owner: person?.name ?? '',
    end: '90',
  });
}

/** As the API takes it. */
export function whyOf({ kind, reason, owner, end }: SuppressionDraft) {
  return { kind, reason, owner, expiresAt: end === 'never' ? null : inDays(Number(end)) };
}

export function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

/** Why something is suppressed, who answers for it, and until when. */
export function SuppressionFields({
  draft,
  onChange,
}: {
  draft: SuppressionDraft;
  onChange: (draft: SuppressionDraft) => void;
}) {
  const change = (part: Partial<SuppressionDraft>): void => onChange({ ...draft, ...part });
  return (
    <>
      <Field label="Reason" hint="At least three characters; others read it in the history.">
        {(control) => (
          <textarea
            {...control}
            required
            minLength={3}
            maxLength={500}
            rows={3}
            value={draft.reason}
            onChange={({ target }) => change({ reason: target.value })}
          />
        )}
      </Field>
      <Field label="Owner" hint="Who answers for it.">
        {(control) => (
          <input
            {...control}
            required
            maxLength={100}
            value={draft.owner}
            onChange={({ target }) => change({ owner: target.value })}
          />
        )}
      </Field>
      <Field label="Kind">
        {(control) => (
          <select
            {...control}
            value={draft.kind}
            onChange={({ target }) => change({ kind: target.value as SuppressionKind })}
          >
            {SUPPRESSION_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {kindName(kind)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Ends" hint="A message tells of it some days before.">
        {(control) => (
          <select {...control} value={draft.end} onChange={({ target }) => change({ end: target.value })}>
            {ENDS.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

/** `false-positive`: “False positive”. */
export function kindName(kind: SuppressionKind): string {
  return titleCase(kind.replaceAll('-', ' '));
}
