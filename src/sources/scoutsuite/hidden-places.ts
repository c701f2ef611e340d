import type { Place, ServiceScope } from '../../model/scope.ts';
import { isOf } from './fetch-failure.ts';
import type { FetchFailure } from './fetch-failure.ts';
import { ACROSS_REGIONS, ALSO_READS } from './fetched-by.ts';
import { resourceType } from './resource.ts';
import { RULE_LEVELS } from './rule-levels.ts';

/** A check of the report, and the template of the paths of its items. */
export interface CheckPath {
  service: string;
  checkId: string;
  path: string;
}

/** Where a failure may hide events, or make events appear that are none. */
export function hiddenPlaces(
  failure: FetchFailure,
  services: readonly ServiceScope[],
  checks: readonly CheckPath[],
): Place[] {
  if (failure.services.length === 0) return [{}];
  return services.flatMap((service) => {
    const ofService = checks.filter((check) => check.service === service.service);
    return failure.services.includes(service.service)
      ? placesIn(service, failure, ofService)
      : placesOf(
          service,
          failure,
          ofService.filter((check) => alsoReads(check, failure)),
        );
  });
}

/** Of a service that could not be fetched: every check that looks at one of the kinds that are missing. */
function placesIn(service: ServiceScope, failure: FetchFailure, checks: readonly CheckPath[]): Place[] {
  const here = { service: service.service, ...regionIn(service, failure) };
  if (failure.resourceId !== null) return [{ ...here, resourceId: failure.resourceId }];
  const kinds = failure.kinds?.filter((kind) => isOf(kind, service.service)) ?? null;
  const hidden = kinds === null ? checks : checks.filter((check) => kinds.some((kind) => reads(check, kind)));
  if (kinds === null || hidden.length === checks.length) {
    return [here, ...placesOf(service, failure, hidden.filter(isAcrossRegions))];
  }
  if (hidden.length > 0) return placesOf(service, failure, hidden);
  // No check looks there; that it was not seen is told all the same.
  return kinds.map((kind) => ({ ...here, resourceType: resourceType(containerOf(kind)) }));
}

function placesOf(service: ServiceScope, failure: FetchFailure, checks: readonly CheckPath[]): Place[] {
  return checks.map((check) => ({
    service: service.service,
    checkId: check.checkId,
    ...(isAcrossRegions(check) ? {} : regionIn(service, failure)),
  }));
}

/** What a check of somebody's own looks at is not known: at anything of its service. */
function reads(check: CheckPath, kind: string): boolean {
  return (
    !RULE_LEVELS.has(check.checkId) ||
    check.path.split('.').includes(containerOf(kind)) ||
    inputsOf(check).some((input) => isMissingWithout(kind, input))
  );
}

/** Of a check of another service than the one that could not be fetched. */
function alsoReads(check: CheckPath, { services, kinds }: FetchFailure): boolean {
  return inputsOf(check).some((input) =>
    kinds === null
      ? services.some((service) => isOf(input, service))
      : kinds.some((kind) => isMissingWithout(kind, input)),
  );
}

/** Whether a kind that a check looks at is missing when another is; all may be when there are no VPCs. */
function isMissingWithout(kind: string, input: string): boolean {
  const [service = ''] = kind.split('.', 1);
  return input === kind || (kind === `${service}.vpcs` && isOf(input, service));
}

function inputsOf({ checkId }: CheckPath): readonly string[] {
  return Object.hasOwn(ALSO_READS, checkId) ? (ALSO_READS[checkId] ?? []) : [];
}

function isAcrossRegions({ checkId }: CheckPath): boolean {
  return ACROSS_REGIONS.includes(checkId);
}

function containerOf(kind: string): string {
  return kind.split('.').at(-1) ?? '';
}

/** A region that the service does not have in the results is none of its. */
function regionIn({ regions }: ServiceScope, { region }: FetchFailure): Pick<Place, 'region'> {
  return region !== null && regions?.includes(region) === true ? { region } : {};
}
