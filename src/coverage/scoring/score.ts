import type {
  AccountCoverage,
  CoverageCorrection,
  CoverageFigures,
  CoverageStatus,
  Detection,
  DetectionHealth,
  ServiceInUse,
} from '../../model/coverage.ts';
import { attackOf, inVersion } from '../attack.ts';
import type { Attack, AttackVersion } from '../attack.ts';
import { coverageData } from '../data.ts';
import type { Provider, Technique } from '../data.ts';
import { COVERS, WEAK } from '../mapping/map-events.ts';
import { servicesAlwaysInUse } from '../services.ts';

/** What is known of one account. */
export interface AccountDetections extends Pick<AccountCoverage, 'provider' | 'servicesInUse'> {
  accountId: string;
  detections: readonly Detection[];
}

/** A detection as a technique shows it. */
export interface TechniqueDetection {
  id: string;
  name: string;
  accountId: string;
  kind: Detection['kind'];
  region: string | null;
  health: DetectionHealth;
  isPosture: boolean;
  score: number;
  evidence: readonly string[];
  /** What it sees of it: the technique itself, or parts of it. */
  techniques: readonly string[];
}

/** Percentages are unrounded here; null where there is nothing to be covered. */
export interface Coverage {
  status: CoverageStatus;
  effective: number | null;
  techniqueCoverage: number | null;
  serviceCoverage: number | null;
  inScopeServices: readonly string[];
  coveredServices: readonly string[];
  uncoveredServices: readonly string[];
}

export interface TechniqueCoverage extends Coverage {
  id: string;
  name: string;
  parent: string | null;
  tactics: readonly string[];
  detections: readonly TechniqueDetection[];
  /** Regions without a detection, of services that have one elsewhere. */
  missingRegions: readonly { service: string; regions: readonly string[] }[];
  /** The status by detections alone, without what judges how things are set up. */
  statusByDetections: CoverageStatus;
}

export interface ControlCoverage extends Coverage {
  id: string;
  framework: string;
  title: string;
  techniques: readonly string[];
}

export interface TacticCoverage {
  id: string;
  shortname: string;
  name: string;
  techniques: number;
  covered: number;
  partial: number;
  uncovered: number;
  /** Mean of the effective coverage of its techniques. */
  effective: number | null;
}

export interface CoverageSummary {
  /** Techniques without parts in scope, and the parts of the others: each counts once. */
  techniques: number;
  covered: number;
  partial: number;
  uncovered: number;
  /** Covered and partial ones by detections alone. */
  coveredByDetections: number;
  partialByDetections: number;
  effective: number | null;
  detections: Readonly<Record<DetectionHealth, number>>;
  servicesInUse: readonly string[];
  servicesWatched: readonly string[];
}

export interface CoverageReport {
  attackVersion: AttackVersion;
  accounts: readonly string[];
  techniques: readonly TechniqueCoverage[];
  tactics: readonly TacticCoverage[];
  controls: readonly ControlCoverage[];
  summary: CoverageSummary;
}

export const COVERED_FROM = 80;
export const PARTIAL_FROM = 40;

/** The documented thresholds, on figures that are not rounded: 79.96 is partial. */
export function statusOf(effective: number | null): CoverageStatus {
  if (effective === null) return 'not-applicable';
  if (effective >= COVERED_FROM) return 'covered';
  return effective >= PARTIAL_FROM ? 'partial' : 'uncovered';
}

/** |covered ∩ in scope| / |in scope| in percent; null where nothing is in scope. */
export function serviceCoverageOf(inScope: readonly string[], covered: ReadonlySet<string>): number | null {
  if (inScope.length === 0) return null;
  return (100 * inScope.filter((service) => covered.has(service)).length) / inScope.length;
}

/** (technique + service) / 2; without services in scope the technique part alone, without techniques nothing. */
export function effectiveOf(techniques: number | null, services: number | null): number | null {
  if (techniques === null) return null;
  return services === null ? techniques : (techniques + services) / 2;
}

/** One decimal, rounded down: 79.96 is shown as 79.9, as what it is. */
export function shownPercent(value: number | null): number | null {
  return value === null ? null : Math.floor(value * 10 + 1e-9) / 10;
}

/**
 * How much of ATT&CK healthy detections of some accounts see. Of several accounts a service is covered where it is in each
 * that uses it, and a technique by the share of the accounts that see it.
 */
export function scoreCoverage(
  accounts: readonly AccountDetections[],
  corrections: readonly CoverageCorrection[] = [],
  version: AttackVersion = '18.1',
): CoverageReport {
  const attack = attackOf(version);
  const states = accounts.map((account) => stateOf(account, correctionsBy(corrections), version));
  const children = childrenOf(attack);
  const techniques = attack.techniques.map((technique) =>
    techniqueCoverage(technique, states, children.get(technique.id) ?? []),
  );
  const byId = new Map(techniques.map((technique) => [technique.id, technique]));
  const leaves = techniques.filter(({ id }) => (children.get(id) ?? []).length === 0);
  return {
    attackVersion: version,
    accounts: accounts.map(({ accountId }) => accountId),
    techniques,
    tactics: attack.tactics
      .map((tactic) => tacticCoverage(tactic, leaves))
      .filter(({ techniques: count }) => count > 0),
    controls: controlsOf(states, byId, children, version),
    summary: summaryOf(states, leaves),
  };
}

/** The figures of one account, without what they come from. */
export function figuresOf(account: AccountDetections): CoverageFigures {
  const attack = attackOf();
  const state = stateOf(account, new Map(), '18.1');
  const children = childrenOf(attack);
  const leaves = attack.techniques.filter(({ id }) => !children.has(id));
  return counted(leaves.map(({ id }) => coverageOf([state], [id], () => [], requiredOf(id), 'all').coverage));
}

interface Seen {
  /** The technique, or the part of it, in the wanted version. */
  id: string;
  detection: Detection;
  score: number;
  evidence: readonly string[];
  services: readonly string[];
}

/** An account with its detections by technique, in the wanted version. */
interface State {
  account: AccountDetections;
  provider: Provider;
  inUse: ReadonlyMap<string, ServiceInUse>;
  byTechnique: ReadonlyMap<string, readonly Seen[]>;
  /** What `sightOf` has answered: every technique asks, and every control that names it asks again. */
  sights: Map<string, Sight | null>;
}

/** Where what counts sees a technique: by service, those that it sees whatever the service under ''; null for all regions. */
type Sight = ReadonlyMap<string, ReadonlySet<string> | null>;

/** Everything, or detections without what judges how things are set up. */
type Kinds = 'all' | 'detections';

/** What has been said of each detection. */
export function correctionsBy(
  corrections: readonly CoverageCorrection[],
): ReadonlyMap<string, CoverageCorrection[]> {
  const by = new Map<string, CoverageCorrection[]>();
  for (const correction of corrections) {
    by.set(correction.detectionId, [...(by.get(correction.detectionId) ?? []), correction]);
  }
  return by;
}

function stateOf(
  account: AccountDetections,
  corrections: ReadonlyMap<string, readonly CoverageCorrection[]>,
  version: AttackVersion,
): State {
  const byTechnique = new Map<string, Seen[]>();
  for (const detection of account.detections) {
    for (const technique of corrected(detection, corrections.get(detection.id) ?? [])) {
      if (technique.score < WEAK) continue;
      const id = inVersion(technique.id, version);
      const list = byTechnique.get(id) ?? [];
      byTechnique.set(id, list);
      list.push({ ...technique, id, detection });
    }
  }
  const always = servicesAlwaysInUse(account.provider).map((service) => ({ service, regions: [] }));
  const inUse = new Map([...always, ...account.servicesInUse].map((one) => [one.service, one]));
  return { account, provider: account.provider, inUse, byTechnique, sights: new Map() };
}

/** What a detection sees after what people have said of it. */
export function corrected(
  { techniques, targetServices }: Pick<Detection, 'techniques' | 'targetServices'>,
  corrections: readonly CoverageCorrection[],
): Detection['techniques'] {
  if (corrections.length === 0) return techniques;
  const said = new Map(corrections.map((one) => [one.techniqueId, one]));
  const kept = techniques.filter(({ id }) => said.get(id)?.covers !== false && !said.has(id));
  const own = corrections
    .filter(({ covers }) => covers)
    .map(({ techniqueId, by, reason }) => ({
      id: techniqueId,
      score: 1,
      evidence: [`${by} says so: ${reason}`],
      services: techniques.find(({ id }) => id === techniqueId)?.services ?? targetServices,
    }));
  return [...own, ...kept];
}

function childrenOf(attack: Attack): ReadonlyMap<string, string[]> {
  const children = new Map<string, string[]>();
  for (const { id, parent } of attack.techniques) {
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  return children;
}

/** What an account sees of a technique: a part counts for the whole, the whole for no part. */
function seenOf({ byTechnique }: State, id: string, children: readonly string[]): readonly Seen[] {
  return [id, ...children].flatMap((one) => byTechnique.get(one) ?? []);
}

/** Where an account sees a technique; null where nothing does. */
function sightOf(state: State, id: string, children: readonly string[], kinds: Kinds): Sight | null {
  const key = `${kinds} ${id}`;
  const known = state.sights.get(key);
  if (known !== undefined) return known;
  const sight = new Map<string, Set<string> | null>();
  for (const { detection, score, services } of seenOf(state, id, children)) {
    if (detection.health !== 'healthy' || score < COVERS) continue;
    if (kinds === 'detections' && detection.isPosture) continue;
    for (const service of services.length === 0 ? [''] : services) {
      const regions = sight.get(service);
      if (regions === null) continue;
      if (detection.sees === null) sight.set(service, null);
      else if (regions === undefined) sight.set(service, new Set(detection.sees));
      else for (const region of detection.sees) regions.add(region);
    }
  }
  const found = sight.size === 0 ? null : sight;
  state.sights.set(key, found);
  return found;
}

function techniqueCoverage(
  { id, name, parent, tactics }: Technique,
  states: readonly State[],
  children: readonly string[],
): TechniqueCoverage {
  const required = requiredOf(id);
  const all = coverageOf(states, [id], () => children, required, 'all');
  const alone = coverageOf(states, [id], () => children, required, 'detections');
  const detections = states
    .flatMap((state) =>
      seenOf(state, id, children).map(({ id: seen, detection, score, evidence }): TechniqueDetection => {
        const { id: detectionId, name: called, kind, region, health, isPosture } = detection;
        const { accountId } = state.account;
        return {
          id: detectionId,
          name: called,
          accountId,
          kind,
          region,
          health,
          isPosture,
          score,
          evidence,
          techniques: [seen],
        };
      }),
    )
    .toSorted((one, other) => other.score - one.score);
  return {
    id,
    name,
    parent,
    tactics,
    ...all.coverage,
    detections: distinct(detections),
    missingRegions: all.missingRegions,
    statusByDetections: alone.coverage.status,
  };
}

/** A detection that sees several parts of a technique stands there once. */
function distinct(detections: readonly TechniqueDetection[]): TechniqueDetection[] {
  const first = new Map<string, TechniqueDetection>();
  for (const detection of detections) {
    const key = `${detection.accountId} ${detection.id}`;
    const there = first.get(key);
    first.set(
      key,
      there === undefined
        ? detection
        : { ...there, techniques: [...there.techniques, ...detection.techniques] },
    );
  }
  return [...first.values()];
}

const requiredOf = (id: string) => (state: State) => requiredServices(state.provider, id);

const services = new Map<string, readonly string[]>();

/** The services that a technique is to be seen of, where it is judged by itself. */
export function requiredServices(provider: Provider, techniqueId: string): readonly string[] {
  const key = `${provider} ${techniqueId}`;
  const known = services.get(key);
  if (known !== undefined) return known;
  const { techniques } = coverageData('technique-services');
  const entry =
    techniques.find(({ id }) => id === techniqueId) ??
    techniques.find(({ id }) => inVersion(id, '19.1') === techniqueId);
  const found = (provider === 'aws' ? entry?.aws_services : entry?.gcp_services) ?? [];
  services.set(key, found);
  return found;
}

/** Coverage of some techniques together, of the services that are required. */
function coverageOf(
  states: readonly State[],
  techniques: readonly string[],
  childrenOfTechnique: (id: string) => readonly string[],
  required: (state: State) => readonly string[],
  kinds: Kinds,
): { coverage: Coverage; missingRegions: TechniqueCoverage['missingRegions'] } {
  let seenTechniques = 0;
  const inScope = new Set<string>();
  const uncovered = new Set<string>();
  const missing = new Map<string, Set<string>>();
  for (const state of states) {
    const sights = techniques.flatMap((id) => sightOf(state, id, childrenOfTechnique(id), kinds) ?? []);
    seenTechniques += sights.length;
    for (const service of required(state)) {
      const inUse = state.inUse.get(service);
      if (inUse === undefined) continue;
      inScope.add(service);
      const lacking = regionsWithout(inUse, sights);
      if (lacking === null) continue;
      uncovered.add(service);
      const there = missing.get(service) ?? new Set<string>();
      missing.set(service, there);
      for (const region of lacking) there.add(region);
    }
  }
  const inScopeServices = [...inScope].toSorted();
  const coveredServices = inScopeServices.filter((service) => !uncovered.has(service));
  const possible = techniques.length * states.length;
  const techniquePart = possible === 0 ? null : (100 * seenTechniques) / possible;
  const servicePart = serviceCoverageOf(inScopeServices, new Set(coveredServices));
  const effective = effectiveOf(techniquePart, servicePart);
  return {
    coverage: {
      status: statusOf(effective),
      effective,
      techniqueCoverage: techniquePart,
      serviceCoverage: servicePart,
      inScopeServices,
      coveredServices,
      uncoveredServices: inScopeServices.filter((service) => uncovered.has(service)),
    },
    missingRegions: [...missing]
      .filter(([, regions]) => regions.size > 0)
      .map(([service, regions]) => ({ service, regions: [...regions].toSorted() })),
  };
}

/** The regions of a service without a detection; none where nothing sees it anywhere, null where all are seen. */
function regionsWithout({ service, regions }: ServiceInUse, sights: readonly Sight[]): string[] | null {
  const ofService = sights.flatMap((sight) => ['', service].map((one) => sight.get(one)));
  const seen = ofService.filter((one) => one !== undefined);
  if (seen.length === 0) return [];
  if (regions.length === 0 || seen.includes(null)) return null;
  const lacking = regions.filter((region) => !seen.some((one) => one?.has(region)));
  return lacking.length === 0 ? null : lacking;
}

function tacticCoverage(
  { id, shortname, name }: Attack['tactics'][number],
  leaves: readonly TechniqueCoverage[],
): TacticCoverage {
  const own = leaves.filter(({ tactics }) => tactics.includes(shortname));
  return { id, shortname, name, ...counted(own) };
}

function counted(techniques: readonly Pick<Coverage, 'status' | 'effective'>[]): CoverageFigures {
  const of = (wanted: CoverageStatus) => techniques.filter(({ status }) => status === wanted).length;
  const known = techniques.flatMap(({ effective }) => (effective === null ? [] : [effective]));
  return {
    techniques: techniques.length,
    covered: of('covered'),
    partial: of('partial'),
    uncovered: of('uncovered'),
    effective: known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length,
  };
}

function controlsOf(
  states: readonly State[],
  techniques: ReadonlyMap<string, TechniqueCoverage>,
  children: ReadonlyMap<string, string[]>,
  version: AttackVersion,
): ControlCoverage[] {
  return coverageData('controls').frameworks.flatMap((framework) =>
    framework.controls.map((control): ControlCoverage => {
      const named = (control.techniques ?? [])
        .map((id) => inVersion(id, version))
        .filter((id) => techniques.has(id));
      const ids = control.assessable === false ? [] : [...new Set(named)];
      const { coverage } = coverageOf(
        states,
        ids,
        (id) => children.get(id) ?? [],
        ({ provider }) =>
          ids.length === 0
            ? []
            : ((provider === 'aws'
                ? control.cloud_context?.aws_services
                : control.cloud_context?.gcp_services) ?? []),
        'all',
      );
      return { id: control.id, framework: framework.id, title: control.title, techniques: ids, ...coverage };
    }),
  );
}

function summaryOf(states: readonly State[], leaves: readonly TechniqueCoverage[]): CoverageSummary {
  const detections = states.flatMap(({ account }) => account.detections);
  const of = (health: DetectionHealth) => detections.filter((one) => one.health === health).length;
  const healthy = detections.filter(({ health }) => health === 'healthy');
  const inUse = new Set(states.flatMap((state) => [...state.inUse.keys()]));
  const watched = new Set(healthy.flatMap(({ targetServices }) => targetServices));
  return {
    ...counted(leaves),
    coveredByDetections: leaves.filter((leaf) => leaf.statusByDetections === 'covered').length,
    partialByDetections: leaves.filter((leaf) => leaf.statusByDetections === 'partial').length,
    detections: { healthy: of('healthy'), broken: of('broken'), unknown: of('unknown') },
    servicesInUse: [...inUse].toSorted(),
    servicesWatched: [...watched].filter((service) => inUse.has(service)).toSorted(),
  };
}
