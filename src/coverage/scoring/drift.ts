import type { CoverageStatus, Detection } from '../../model/coverage.ts';
import { COVERS } from '../mapping/map-events.ts';
import type { CoverageReport, TechniqueCoverage } from './score.ts';

/** A technique whose status is not what it was. */
export interface Drift {
  id: string;
  name: string;
  from: CoverageStatus;
  to: CoverageStatus;
  /** When the last of the reasons came about, ISO 8601 in UTC; null where no detection tells. */
  since: string | null;
  /** Why, as far as detections and services in use tell. */
  because: readonly string[];
}

const ORDER = ['uncovered', 'partial', 'covered'];

interface AccountDetection extends Detection {
  accountId: string;
}

interface Side {
  report: CoverageReport;
  detections: readonly AccountDetection[];
}

/** Since which scan a detection has been as it is now, or gone; null where that is not known. */
export type SinceWhen = (accountId: string, detectionId: string) => string | null;

/** One reason, and the detection that it is about. */
interface Cause {
  text: string;
  detection?: AccountDetection;
}

/** What was lost and won between two scans, by which detections, and since when. */
export function driftBetween(
  before: Side,
  after: Side,
  sinceWhen: SinceWhen,
): { lost: Drift[]; won: Drift[] } {
  const earlier = new Map(before.report.techniques.map((technique) => [technique.id, technique]));
  const lost: Drift[] = [];
  const won: Drift[] = [];
  const [then, now] = [byKey(before.detections), byKey(after.detections)];
  for (const is of after.report.techniques) {
    const was = earlier.get(is.id);
    if (was === undefined || was.status === is.status) continue;
    const rose = ORDER.indexOf(is.status) > ORDER.indexOf(was.status);
    const causes = rose
      ? [...gains(is.id, after.detections, then), ...services(is, was, 'is no longer in use')]
      : [...losses(is.id, before.detections, now), ...services(was, is, 'is in use now'), ...deaf(was, is)];
    const times = causes.flatMap(({ detection }) =>
      detection === undefined ? [] : (sinceWhen(detection.accountId, detection.id) ?? []),
    );
    const { id, name, status } = is;
    (rose ? won : lost).push({
      id,
      name,
      from: was.status,
      to: status,
      since: times.toSorted().at(-1) ?? null,
      because: causes.map(({ text }) => text),
    });
  }
  return { lost, won };
}

function keyOf({ accountId, id }: AccountDetection): string {
  return `${accountId} ${id}`;
}

function byKey(detections: readonly AccountDetection[]): ReadonlyMap<string, AccountDetection> {
  return new Map(detections.map((detection) => [keyOf(detection), detection]));
}

function sees({ techniques }: Detection, techniqueId: string): boolean {
  return techniques.some(
    ({ id, score }) => (id === techniqueId || id.startsWith(`${techniqueId}.`)) && score >= COVERS,
  );
}

/** Only what worked has lost anything. */
function losses(
  techniqueId: string,
  before: readonly AccountDetection[],
  now: ReadonlyMap<string, AccountDetection>,
): Cause[] {
  return before
    .filter((was) => was.health === 'healthy' && sees(was, techniqueId))
    .flatMap((was): Cause[] => {
      const is = now.get(keyOf(was));
      if (is === undefined) return [{ text: `${was.name} is gone`, detection: was }];
      if (is.health !== 'healthy') return [{ text: `${is.name} is ${healthText(is)}`, detection: is }];
      return sees(is, techniqueId) ? [] : [{ text: `${is.name} looks for something else` }];
    });
}

/** Only what works has won anything. */
function gains(
  techniqueId: string,
  after: readonly AccountDetection[],
  then: ReadonlyMap<string, AccountDetection>,
): Cause[] {
  return after
    .filter((is) => is.health === 'healthy' && sees(is, techniqueId))
    .flatMap((is): Cause[] => {
      const was = then.get(keyOf(is));
      if (was === undefined) return [{ text: `${is.name} is new`, detection: is }];
      if (was.health !== 'healthy') return [{ text: `${is.name} is healthy`, detection: is }];
      return sees(was, techniqueId) ? [] : [{ text: `${is.name} looks for something else` }];
    });
}

/** `broken: It is disabled` */
function healthText({ health, reasons }: Detection): string {
  const [reason] = reasons.filter(({ severity }) => severity !== 'warning');
  return reason === undefined ? health : `${health}: ${reason.text.replace(/\.$/, '')}`;
}

/** Services that the other is judged by and is not seen in, and that were not, or are not, in the scope of the one. */
function services(one: TechniqueCoverage, other: TechniqueCoverage, what: string): Cause[] {
  return other.uncoveredServices
    .filter((service) => !one.inScopeServices.includes(service))
    .map((service) => ({ text: `${service} ${what}` }));
}

/** Regions that nothing looks at any more, or that have come into use. */
function deaf(was: TechniqueCoverage, is: TechniqueCoverage): Cause[] {
  return is.missingRegions.flatMap(({ service, regions }): Cause[] => {
    const before = was.missingRegions.find((one) => one.service === service)?.regions ?? [];
    const added = regions.filter((region) => !before.includes(region));
    return added.length === 0 ? [] : [{ text: `nothing sees ${service} in ${added.join(', ')}` }];
  });
}
