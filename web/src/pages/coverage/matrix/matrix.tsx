import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { CoveredTechnique, CoverageReport } from '../../../../../src/api/schemas/coverage.ts';
import { plural, titleCase } from '../../../lib/format.ts';
import './matrix.css';

const MARKS = { covered: '✓', partial: '◐', uncovered: '✕', 'not-applicable': '–' } as const;

/** How far each key goes: columns, and techniques within one. */
const STEPS: Readonly<Record<string, readonly [columns: number, techniques: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/**
 * The matrix as a heat map: a column for each tactic, a list of links in each. Each cell has a mark beside its colour and
 * says in words why it is so. Tab stops at it once; arrows go from cell to cell.
 */
export function Matrix({ report: { tactics, techniques } }: { report: CoverageReport }) {
  const columns = tactics.map((tactic) => ({
    tactic,
    techniques: techniques.filter((technique) => technique.tactics.includes(tactic.shortname)),
  }));
  const [chosen, setChosen] = useState<string>();
  const [first] = columns;
  const current = chosen ?? (first && keyOf(first.tactic.id, first.techniques[0]?.id ?? ''));
  return (
    <>
      <ul className="matrix-key" aria-label="Key">
        {(['covered', 'partial', 'uncovered', 'not-applicable'] as const).map((status) => (
          <li key={status} data-status={status}>
            <span aria-hidden="true">{MARKS[status]}</span> {status.replace('-', ' ')}
          </li>
        ))}
        <li className="muted">Arrow keys go from technique to technique</li>
      </ul>
      <section className="table-scroll matrix" aria-label="Matrix of techniques">
        {columns.map(({ tactic, techniques: own }) => (
          <div key={tactic.id} className="matrix-column">
            <h3>{tactic.name}</h3>
            <p className="muted">
              {tactic.covered} of {tactic.techniques} covered
            </p>
            <ul aria-label={tactic.name}>
              {own.map((technique) => (
                <Cell
                  key={technique.id}
                  technique={technique}
                  isPart={own.some(({ id }) => id === technique.parent)}
                  isCurrent={keyOf(tactic.id, technique.id) === current}
                  onFocus={() => setChosen(keyOf(tactic.id, technique.id))}
                />
              ))}
            </ul>
          </div>
        ))}
      </section>
    </>
  );
}

/** A technique stands in every tactic that it serves. */
function keyOf(tacticId: string, techniqueId: string): string {
  return `${tacticId} ${techniqueId}`;
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  const matrix = event.currentTarget.closest('.matrix');
  if (step === undefined || matrix === null || event.altKey || event.ctrlKey || event.metaKey) return;
  const columns = [...matrix.querySelectorAll('.matrix-column')].map((column) => [
    ...column.querySelectorAll<HTMLElement>('.matrix-cell'),
  ]);
  const from = columns.findIndex((cells) => cells.includes(event.currentTarget));
  const cells = columns[within(columns, from + step[0])] ?? [];
  const row = (columns[from] ?? []).indexOf(event.currentTarget);
  cells[within(cells, row + step[1])]?.focus();
  event.preventDefault();
}

function within({ length }: readonly unknown[], index: number): number {
  return Math.max(0, Math.min(length - 1, index));
}

interface CellProps {
  technique: CoveredTechnique;
  /** Whether it stands below the technique that it is a part of. */
  isPart: boolean;
  isCurrent: boolean;
  onFocus: () => void;
}

function Cell({ technique, isPart, isCurrent, onFocus }: CellProps) {
  const { id, name, status } = technique;
  return (
    <li data-part={isPart || undefined}>
      <Link
        to="/coverage/$technique"
        params={{ technique: id }}
        className="matrix-cell"
        data-status={status}
        tabIndex={isCurrent ? 0 : -1}
        onFocus={onFocus}
        onKeyDown={moveFocus}
      >
        <span className="matrix-name">
          <span aria-hidden="true">{MARKS[status]}</span>
          <span className="visually-hidden">{titleCase(status)}:</span> {name}
        </span>
        <span className="matrix-facts">
          {id} · {becauseOf(technique)}
        </span>
      </Link>
    </li>
  );
}

/** Why a cell is as it is, in few words. */
function becauseOf({ inScopeServices, coveredServices, detections }: CoveredTechnique): string {
  const of = (health: string) => detections.filter((one) => one.health === health).length;
  const [healthy, broken] = [of('healthy'), of('broken')];
  const seen =
    inScopeServices.length > 0
      ? `${coveredServices.length} of ${plural(inScopeServices.length, 'service')}`
      : healthy > 0 && plural(healthy, 'detection');
  return [seen, broken > 0 && `${broken} broken`].filter(Boolean).join(' · ') || 'no detection';
}
