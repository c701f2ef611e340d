import { attackOf, parentOf } from '../attack.ts';
import { coverageData } from '../data.ts';
import type { MappedEvent, Provider } from '../data.ts';
import { TEMPLATES } from '../templates/declarations.ts';
import { awsEventSource, awsStem, expanded, gcpKey, isRead, wordsOf } from './event-name.ts';
import type { NamedEvent } from './event-name.ts';
import { guess, READING_TACTICS } from './fallback.ts';

/** A technique that events are a sign of. */
export interface MappedTechnique {
  id: string;
  /** How sure it is for the best of the events, 0 to 1. */
  score: number;
  /** How much of all events speaks for it: what a ranking goes by. */
  relevance: number;
  /** Sentences for people, the best first. */
  evidence: readonly string[];
  /** The events that speak for it at least weakly, e.g. `s3.amazonaws.com:DeleteBucket`. */
  events: readonly NamedEvent[];
}

/** One event's sign of a technique. */
interface Sign {
  id: string;
  score: number;
  /** As `score`, without what our own templates watch it for: rankings are of what others say. */
  rank: number;
  evidence: string;
}

/** A score that counts as seeing a technique, and one that is shown as a weak sign. */
export const COVERS = 0.5;
export const WEAK = 0.25;
/** What one of our own templates watches for a technique. */
const OF_TEMPLATE = 0.6;

const EVIDENCE_LINES = 5;
/** What verb and service count beside what so many rule sets say. */
const SHARE_OF_GUESS = [1, 0.8];
const known = new Map<string, readonly Sign[]>();

/** The techniques that a rule which watches these events can see, most relevant first. */
export function mapEvents(provider: Provider, events: readonly NamedEvent[]): MappedTechnique[] {
  const single = events.flatMap((event) => expanded(provider, event));
  const byEvent = new Map(single.map((event) => [`${event.source}:${event.name}`, event]));
  const found = new Map<string, { signs: (Sign & { event: NamedEvent })[] }>();
  for (const event of byEvent.values()) {
    for (const sign of signsOf(provider, event)) {
      const technique = found.get(sign.id) ?? { signs: [] };
      found.set(sign.id, technique);
      technique.signs.push({ ...sign, event });
    }
  }
  return [...found]
    .map(([id, { signs }]): MappedTechnique => {
      const best = signs.toSorted((one, other) => other.score - one.score);
      const score = best[0]?.score ?? 0;
      const mean = signs.reduce((sum, sign) => sum + sign.rank, 0) / Math.max(1, byEvent.size);
      const highest = Math.max(...signs.map(({ rank }) => rank));
      return {
        id,
        score: rounded(score),
        relevance: rounded(0.4 * highest + 0.6 * mean),
        evidence: best.slice(0, EVIDENCE_LINES).map(({ evidence }) => evidence),
        events: best.filter((sign) => sign.score >= WEAK).map(({ event }) => event),
      };
    })
    .toSorted((one, other) => other.relevance - one.relevance || (one.id < other.id ? -1 : 1));
}

function rounded(score: number): number {
  return Math.round(score * 1000) / 1000;
}

function signsOf(provider: Provider, event: NamedEvent): readonly Sign[] {
  const key = `${provider}/${event.source}/${event.name}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const signs = provider === 'aws' ? awsSigns(event) : gcpSigns(event);
  // Names come from the accounts of others: the memory of them is bounded.
  if (known.size > 20_000) known.clear();
  known.set(key, signs);
  return signs;
}

function awsSigns({ source: given, name: written }: NamedEvent): Sign[] {
  const name = awsStem(written);
  if (name === '') return [];
  const source = awsEventSource(given);
  const table = awsTable();
  const entry = source === '' ? table.byName.get(name) : table.byKey.get(`${source}:${name}`);
  const actual = entry?.source ?? source;
  const shown = `${actual === '' ? '' : `${actual} `}${name}`;
  return combined(shown, name, entry, {
    near: entry === undefined ? neighbour(actual, name) : undefined,
    source: actual,
    key: name,
  });
}

function gcpSigns({ source: given, name: written }: NamedEvent): Sign[] {
  const key = gcpKey(written);
  if (key === '') return [];
  const { byKey, byLast } = gcpTable();
  const isKubernetes = key.startsWith('k8s:');
  const source = isKubernetes ? 'k8s.io' : given.toLowerCase();
  const last = key.split('.').slice(-2).join('.');
  const single = key.split('.').at(-1) as string;
  const entries =
    byKey.get(key) ?? byLast.get(last) ?? (key.includes('.') ? byLast.get(single) : undefined) ?? [];
  const entry = entries.find(({ service }) => service === source) ?? entries[0];
  const guessedSource = source === '' ? `${key.split('.')[0]}.googleapis.com` : source;
  const method = isKubernetes ? key : verbFirst(written, key);
  return combined(written, method, entry, { near: undefined, source: entry?.service ?? guessedSource, key });
}

/** `CreateSink` of `google.logging.v2.ConfigServiceV2.CreateSink`; keys of other methods stay whole. */
function verbFirst(written: string, key: string): string {
  const last = written.trim().split('.').at(-1) as string;
  return /^[A-Z][a-z]+[A-Z]/.test(last) ? last : key;
}

/** What rule sets say, and what verb and service say, of one event. */
function combined(
  shown: string,
  name: string,
  entry: MappedEvent | undefined,
  { near, source, key }: { near: Neighbour | undefined; source: string; key: string },
): Sign[] {
  const signs = new Map<string, Sign>();
  const add = (id: string, score: number, evidence: string): void => {
    const before = signs.get(id);
    if (before === undefined) signs.set(id, { id, score, rank: score, evidence });
    // Two reasons make it surer than the better of them alone.
    else {
      const both = before.score + (1 - before.score) * score * 0.4;
      signs.set(id, { ...before, score: both, rank: both });
    }
  };
  for (const { id, score, sets } of ofRuleSets(entry)) {
    add(id, score, `${shown}: ${sets} name${sets === '1 rule set' ? 's' : ''} it`);
  }
  if (near !== undefined) {
    for (const { id, score } of ofRuleSets(near.event)) {
      add(id, score * near.likeness * 0.8, `${shown}: like ${near.name}`);
    }
  }
  const share = SHARE_OF_GUESS[entry?.sets ?? 0] ?? 0.6;
  for (const { id, score, because } of guess(source, name)) add(id, score * share, `${shown}: ${because}`);
  const sane = [...signs.values()].map((sign) => {
    const score = sign.score * sanity(sign.id, name, entry);
    return { ...sign, score, rank: score };
  });
  return withTemplates(sane, techniquesOfTemplates(source, key), shown);
}

/** What one of our own templates watches an event for, it is a sign of; how good a one compared with others, it does not say. */
function withTemplates(signs: readonly Sign[], techniques: readonly string[], shown: string): Sign[] {
  const rest = signs.filter(({ id }) => !techniques.includes(id));
  const watched = techniques.map((id): Sign => {
    const sign = signs.find((one) => one.id === id) ?? { id, score: 0, rank: 0, evidence: '' };
    if (sign.score >= OF_TEMPLATE) return sign;
    return { ...sign, score: OF_TEMPLATE, evidence: `${shown}: a template watches it` };
  });
  return [...rest, ...watched];
}

/** By event; of Google Cloud by key. */
let templatesLoaded: ReadonlyMap<string, readonly string[]> | undefined;

function techniquesOfTemplates(source: string, name: string): readonly string[] {
  templatesLoaded ??= watchedByTemplates();
  return templatesLoaded.get(`${source} ${name}`) ?? [];
}

function watchedByTemplates(): ReadonlyMap<string, readonly string[]> {
  const watched = new Map<string, string[]>();
  const add = (key: string, technique: string): void => {
    watched.set(key, [...(watched.get(key) ?? []), technique]);
  };
  for (const { technique, aws = [], gcp = [] } of TEMPLATES) {
    for (const { source, names } of aws)
      for (const name of names) add(`${source} ${awsStem(name)}`, technique);
    for (const { service, methods } of gcp)
      for (const method of methods) add(`${service} ${gcpKey(method)}`, technique);
  }
  return watched;
}

/** How sure rule sets are of each technique of an event; the best of a parent has what speaks for the parent. */
function ofRuleSets(entry: MappedEvent | undefined): { id: string; score: number; sets: string }[] {
  if (entry === undefined || entry.sets === 0) return [];
  const certainty = 1 - 0.4 / entry.sets;
  const heads = headsOf(entry.techniques);
  return entry.techniques.map(({ id, agree, agree_parent: ofParent, narrow }) => {
    const share = (heads.has(id) ? ofParent : agree) / entry.sets;
    const width = narrow > 0 ? 1 : 0.7;
    return { id, score: share * certainty * width, sets: agree === 1 ? '1 rule set' : `${agree} rule sets` };
  });
}

/** Of each parent the technique that speaks for all of it: the best part, where about as many name it as name the whole. */
function headsOf(techniques: MappedEvent['techniques']): Set<string> {
  const heads = new Map<string, MappedEvent['techniques'][number]>();
  for (const technique of techniques) {
    const parent = parentOf(technique.id);
    const head = heads.get(parent);
    const isNarrower = head?.id === parent && technique.agree >= head.agree / 2;
    if (head === undefined || isNarrower) heads.set(parent, technique);
  }
  return new Set([...heads.values()].map(({ id }) => id));
}

/** A technique whose tactics nothing else of the event points to is less likely. */
function sanity(id: string, name: string, entry: MappedEvent | undefined): number {
  const technique = attackOf().byId.get(id);
  if (technique === undefined) return 0.5;
  if (isRead(name) && !technique.tactics.some((tactic) => READING_TACTICS.includes(tactic))) return 0.5;
  if (!isRead(name) && technique.tactics.every((tactic) => tactic === 'discovery')) return 0.4;
  const said = Object.keys(entry?.tactics ?? {});
  if (said.length === 0) return 1;
  return technique.tactics.some((tactic) => said.includes(tactic)) ? 1 : 0.8;
}

type AwsEntry = MappedEvent & { source: string; name: string };

interface AwsTable {
  byKey: ReadonlyMap<string, AwsEntry>;
  byName: ReadonlyMap<string, AwsEntry>;
  bySource: ReadonlyMap<string, readonly (AwsEntry & { words: readonly string[] })[]>;
}

let awsLoaded: AwsTable | undefined;

function awsTable(): AwsTable {
  if (awsLoaded !== undefined) return awsLoaded;
  const { events } = coverageData('aws-events');
  const bySource = new Map<string, (AwsEntry & { words: readonly string[] })[]>();
  for (const event of events) {
    if (event.techniques.length === 0) continue;
    const list = bySource.get(event.source) ?? [];
    bySource.set(event.source, list);
    list.push({ ...event, words: wordsOf(event.name) });
  }
  awsLoaded = {
    byKey: new Map(events.map((event) => [`${event.source}:${event.name}`, event])),
    byName: new Map(
      events.toSorted((one, other) => one.sets - other.sets).map((event) => [event.name, event]),
    ),
    bySource,
  };
  return awsLoaded;
}

interface Neighbour {
  event: MappedEvent;
  name: string;
  likeness: number;
}

/** The known event of the same service and verb whose name is most like it. */
function neighbour(source: string, name: string): Neighbour | undefined {
  const words = wordsOf(name);
  const [verb] = words;
  let best: Neighbour | undefined;
  for (const event of awsTable().bySource.get(source) ?? []) {
    if (event.words[0] !== verb) continue;
    const shared = event.words.filter((word) => words.includes(word)).length;
    const likeness = shared / (event.words.length + words.length - shared);
    if (likeness >= 0.4 && likeness > (best?.likeness ?? 0)) best = { event, name: event.name, likeness };
  }
  return best;
}

type GcpEntry = MappedEvent & { service: string };

let gcpLoaded: { byKey: Map<string, GcpEntry[]>; byLast: Map<string, GcpEntry[]> } | undefined;

function gcpTable() {
  if (gcpLoaded !== undefined) return gcpLoaded;
  const byKey = new Map<string, GcpEntry[]>();
  const byLast = new Map<string, GcpEntry[]>();
  const add = (map: Map<string, GcpEntry[]>, key: string, entry: GcpEntry): void => {
    map.set(key, [...(map.get(key) ?? []), entry]);
  };
  for (const method of coverageData('gcp-methods').methods) {
    add(byKey, method.key, method);
    if (method.key.startsWith('k8s:')) continue;
    const parts = method.key.split('.');
    add(byLast, parts.slice(-2).join('.'), method);
    if (parts.length > 1) add(byLast, parts.at(-1) as string, method);
  }
  gcpLoaded = { byKey, byLast };
  return gcpLoaded;
}
