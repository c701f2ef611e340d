import { auditedServiceOf } from '../mapping/data-access.ts';
import { awsEventSource } from '../mapping/event-name.ts';
import type { NamedEvent } from '../mapping/event-name.ts';
import { alternatives, namedValues } from './event-pattern.ts';
import type { EventPattern } from './event-pattern.ts';
import type { FilterPattern } from './filter-pattern.ts';
import type { LoggingQuery } from './logging-query.ts';

/** What a rule has its eye on. */
export interface Watched {
  /** Events of the log, as far as the rule names them. */
  events: readonly NamedEvent[];
  /** Findings of other products; types may hold `*`, and none stand for all. */
  findings: readonly { product: string; types: readonly string[] }[];
  /** Whether it looks at management events of CloudTrail, which a trail has to bring. */
  needsTrail: boolean;
}

const FINDINGS: Readonly<Record<string, string>> = {
  'aws.guardduty': 'guardduty',
  'aws.securityhub': 'securityhub',
  'aws.config': 'config',
  'aws.macie': 'macie',
  'aws.inspector2': 'inspector',
  'aws.access-analyzer': 'access-analyzer',
  'aws.health': 'health',
  'aws.trustedadvisor': 'trustedadvisor',
};

/** What a rule of EventBridge watches. A pattern that names neither an event nor a product watches nothing in particular. */
export function watchedByPattern(pattern: EventPattern): Watched {
  const events: NamedEvent[] = [];
  const findings: { product: string; types: readonly string[] }[] = [];
  let needsTrail = false;
  for (const way of alternatives(pattern)) {
    const detail = way['detail'];
    const field = (name: string): string[] | null =>
      detail === undefined || Array.isArray(detail) ? null : namedValues((detail as EventPattern)[name]);
    const sources = namedValues(way['source']) ?? [];
    const types = namedValues(way['detail-type']) ?? [];
    const viaTrail = types.some((type) => /via CloudTrail$|^AWS Service Event via|\*$/.test(type));
    const names = field('eventName');
    if (names !== null) {
      needsTrail = true;
      const eventSources = field('eventSource') ?? sources.filter((source) => source !== 'aws.*');
      for (const source of eventSources.length === 0 ? [''] : eventSources) {
        for (const name of names) events.push({ source: awsEventSource(source), name });
      }
    } else if (viaTrail && types.some((type) => /Sign In/.test(type))) {
      needsTrail = true;
      events.push({ source: 'signin.amazonaws.com', name: 'ConsoleLogin' });
    } else if (viaTrail) {
      needsTrail = true;
    }
    for (const source of sources) {
      const product = FINDINGS[source];
      if (product === undefined || viaTrail) continue;
      findings.push({ product, types: findingTypes(product, detail) });
    }
  }
  return { events, findings, needsTrail };
}

function findingTypes(product: string, detail: EventPattern[string] | undefined): readonly string[] {
  if (detail === undefined || Array.isArray(detail)) return [];
  const fields = detail as EventPattern;
  if (product === 'config') return namedValues(fields['configRuleName']) ?? [];
  return namedValues(fields['type']) ?? [];
}

/** What a metric filter or a subscription watches, of the fields of CloudTrail. */
export function watchedByFilter(pattern: FilterPattern): Watched {
  const events = unique(ofFilter(pattern).flatMap(({ sources, names }) => awsProduct(sources, names)));
  return { events, findings: [], needsTrail: false };
}

/** One way to meet a pattern: what it names; null where it names nothing. */
interface Way {
  sources: string[] | null;
  names: string[] | null;
}

const NOTHING: Way = { sources: null, names: null };
const MOST_WAYS = 500;

function ofFilter(pattern: FilterPattern): Way[] {
  switch (pattern.kind) {
    case 'or':
      return pattern.parts.flatMap(ofFilter).slice(0, MOST_WAYS);
    case 'and':
      return pattern.parts.map(ofFilter).reduce(joined, [NOTHING]);
    case 'compare': {
      const values =
        pattern.operator !== '=' ? null : pattern.isRegex ? wordsOfRegex(pattern.value) : [pattern.value];
      return [named(pattern.field.toLowerCase(), values)];
    }
    case 'terms': {
      const words = [...pattern.all, ...pattern.any].filter((term) =>
        /^[A-Z][a-z]+[A-Z][A-Za-z]+$/.test(term),
      );
      return words.length === 0 ? [NOTHING] : [{ sources: null, names: words }];
    }
    case 'regex':
      return [{ sources: null, names: wordsOfRegex(pattern.source) }];
    case 'not':
    case 'everything':
      return [NOTHING];
  }
}

function named(field: string, values: string[] | null): Way {
  if (values === null) return NOTHING;
  if (/(?:^|\.)eventname$/.test(field)) return { sources: null, names: values };
  if (/(?:^|\.)eventsource$/.test(field)) return { sources: values, names: null };
  if (/(?:^|\.)(?:errorcode|errormessage)$/.test(field)) {
    return values.some((value) => /denied|unauthorized/i.test(value)) ? DENIED : NOTHING;
  }
  if (field.endsWith('useridentity.type') && values.includes('Root')) return ROOT;
  return NOTHING;
}

/** Calls that were refused: somebody looks around. */
const DENIED: Way = { sources: ['*denied'], names: ['*'] };
/** Whatever the root user does. */
const ROOT: Way = { sources: ['signin.amazonaws.com'], names: ['ConsoleLogin'] };

/** What both say: of one field, what either names. */
function joined(some: readonly Way[], others: readonly Way[]): Way[] {
  const all = some.flatMap((one) =>
    others.map((other) => ({ sources: one.sources ?? other.sources, names: one.names ?? other.names })),
  );
  return all.slice(0, MOST_WAYS);
}

function awsProduct(sources: string[] | null, names: string[] | null): NamedEvent[] {
  if (names === null) return [];
  return (sources ?? ['']).flatMap((source) =>
    names.map((name) => ({ source: source.startsWith('*') ? source : awsEventSource(source), name })),
  );
}

/** `(Delete|Stop)Trail` names two events; what is not that simple names none. */
function wordsOfRegex(source: string): string[] | null {
  const plain = source
    .replaceAll(/^\^|\$$|\\b/g, '')
    .replaceAll(/\\\./g, '.')
    .replaceAll('.*', '*');
  const words = expandGroups(plain);
  const fine = words.filter((word) => /^[\w.*/:-]+$/.test(word) && /[A-Za-z]{3}/.test(word));
  return fine.length === 0 ? null : fine;
}

function expandGroups(text: string, depth = 0): string[] {
  const group = /\((?:\?:)?([^()]*)\)/.exec(text);
  if (group === null || depth > 6) return text.split('|');
  const [whole, inside = ''] = group;
  return inside
    .split('|')
    .flatMap((one) =>
      expandGroups(
        text.replace(whole, () => one),
        depth + 1,
      ),
    )
    .slice(0, MOST_WAYS);
}

/** What a filter of Google Cloud watches. */
export function watchedByQuery(query: LoggingQuery): Watched {
  const events = unique(ofQuery(query).flatMap(({ sources, names }) => gcpProduct(sources, names)));
  return { events, findings: [], needsTrail: false };
}

function ofQuery(query: LoggingQuery): Way[] {
  switch (query.kind) {
    case 'or':
      return query.parts.flatMap(ofQuery).slice(0, MOST_WAYS);
    case 'and':
      return query.parts.map(ofQuery).reduce(joined, [NOTHING]);
    case 'compare': {
      const { field, operator, value } = query;
      if (operator !== '=' && operator !== ':' && operator !== '=~') return [NOTHING];
      const name = field.toLowerCase().replaceAll(/["_]/g, '');
      const values = operator === '=~' ? wordsOfRegex(value) : [operator === ':' ? `*${value}*` : value];
      if (values === null) return [NOTHING];
      if (name.endsWith('methodname')) return [{ sources: null, names: values }];
      if (name.endsWith('servicename')) {
        return [{ sources: values.map((one) => one.replaceAll('*', '')), names: null }];
      }
      return [NOTHING];
    }
    case 'text':
      return [/^[A-Z]\w{5,}$|\.\w+\./.test(query.text) ? { sources: null, names: [query.text] } : NOTHING];
    case 'not':
      return [NOTHING];
  }
}

function gcpProduct(sources: string[] | null, names: string[] | null): NamedEvent[] {
  return (names ?? []).flatMap((name) =>
    (sources ?? ['']).map((source) => ({
      source: source || (auditedServiceOf({ source, name }) ?? ''),
      name,
    })),
  );
}

function unique(events: readonly NamedEvent[]): NamedEvent[] {
  return [...new Map(events.map((event) => [`${event.source}:${event.name}`, event])).values()];
}
