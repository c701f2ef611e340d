import type { Detection } from '../../model/coverage.ts';
import type { CoverageReport } from './score.ts';

/** A technique whose status is not what it was. */
export interface Drift {
  id: string;
  name: string;
  from: string;
  to: string;
  /** Why, as far as detections tell. */
  because: readonly string[];
}

const ORDER = ['uncovered', 'partial', 'covered'];

interface Side {
  report: CoverageReport;
  detections: readonly Detection[];
}

/** What was lost and won between two scans, and by which detections. */
export function driftBetween(before: Side, after: Side): { lost: Drift[]; won: Drift[] } {
  const earlier = new Map(before.report.techniques.map((technique) => [technique.id, technique]));
  const changes = after.report.techniques.flatMap((technique): Drift[] => {
    const was = earlier.get(technique.id);
    if (was === undefined || was.status === technique.status) return [];
    const { id, name, status } = technique;
    return [
      {
        id,
        name,
        from: was.status,
        to: status,
        because: reasonsFor(id, before.detections, after.detections),
      },
    ];
  });
  const rose = ({ from, to }: Drift): boolean => ORDER.indexOf(to) > ORDER.indexOf(from);
  return { lost: changes.filter((one) => !rose(one)), won: changes.filter(rose) };
}

/** Only what works, or did, has won or lost anything. */
function reasonsFor(
  techniqueId: string,
  before: readonly Detection[],
  after: readonly Detection[],
): string[] {
  const sees = ({ techniques }: Detection): boolean =>
    techniques.some(
      ({ id, score }) => (id === techniqueId || id.startsWith(`${techniqueId}.`)) && score >= 0.5,
    );
  const now = new Map(after.map((detection) => [detection.id, detection]));
  const then = new Map(before.map((detection) => [detection.id, detection]));
  const gone = before.filter(sees).flatMap((was): string[] => {
    const is = now.get(was.id);
    if (is === undefined) return was.health === 'healthy' ? [`${was.name} is gone`] : [];
    if (is.health === was.health) return [];
    const [reason] = is.reasons.filter(({ severity }) => severity !== 'warning');
    return [`${was.name} is ${is.health}${reason === undefined ? '' : `: ${reason.text}`}`];
  });
  const made = after
    .filter((one) => sees(one) && one.health === 'healthy' && !then.has(one.id))
    .map(({ name }) => `${name} is new`);
  return [...gone, ...made];
}
