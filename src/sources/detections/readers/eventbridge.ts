import { isRead } from '../../../coverage/mapping/event-name.ts';
import type { NamedEvent } from '../../../coverage/mapping/event-name.ts';
import { mapWatched } from '../../../coverage/mapping/native.ts';
import { parseEventPattern } from '../../../coverage/patterns/event-pattern.ts';
import { watchedByPattern } from '../../../coverage/patterns/watched.ts';
import type { Watched } from '../../../coverage/patterns/watched.ts';
import { VedetteError } from '../../../errors.ts';
import type { Detection, HealthReason } from '../../../model/coverage.ts';
import type { Account, Found } from '../account.ts';
import { broken, healthOf, unknown, warning } from '../reasons.ts';
import { reasonsOfTargets } from './chain.ts';
import { reasonsOfTrails, trailsOf } from './trails.ts';

type RuleFound = Found<'eventbridge:ListRules'>;

/** Sources whose events arrive in one region only. */
const GLOBAL_SOURCES = /^(?:iam|organizations|route53|route53domains|cloudfront|account)\./;
const GLOBAL_REGIONS: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
};
/** What the state ENABLED brings although it only reads. */
const READS_THAT_COME = ['GetFederationToken', 'GetSessionToken'];

/** Rules of EventBridge that watch for something; schedules and what services make for themselves are none. */
export function eventbridgeDetections(account: Account): Detection[] {
  // The same rules are often made in every region.
  const known = new Map<string, Watched>();
  const watchedBy = (pattern: string): Watched => {
    const watched = known.get(pattern) ?? watchedByPattern(parseEventPattern(pattern));
    known.set(pattern, watched);
    return watched;
  };
  return account.regions.flatMap((region) => {
    const rules = account.list('eventbridge:ListRules', region) ?? [];
    const forwarded = busesThatAreFed(rules);
    return rules.flatMap((rule) => {
      const { pattern, managedBy } = rule.item;
      if (pattern === null || managedBy !== null) return [];
      const detection = detectionOf(account, region, rule, forwarded, watchedBy);
      return detection === null ? [] : [detection];
    });
  });
}

function detectionOf(
  account: Account,
  region: string,
  rule: RuleFound,
  forwarded: ReadonlySet<string>,
  watchedBy: (pattern: string) => Watched,
): Detection | null {
  const { id, name } = rule.item;
  const shared = { id, kind: 'eventbridge-rule', name, region, isPosture: false, sees: [region] } as const;
  let watched: Watched;
  try {
    watched = watchedBy(rule.item.pattern ?? '{}');
  } catch (error) {
    if (!(error instanceof VedetteError)) throw error;
    const reasons = [broken('pattern-unreadable', `events:ListRules: ${error.message}`)];
    return { ...shared, health: 'broken', reasons, targetServices: [], techniques: [] };
  }
  if (watched.events.length === 0 && watched.findings.length === 0 && !watched.needsTrail) return null;
  const { seen, reasons } = reasonsOf(account, region, rule, watched, forwarded);
  return {
    ...shared,
    health: healthOf(reasons),
    reasons,
    ...mapWatched('aws', { ...watched, events: seen }, guarddutyFeatures(account, region)),
  };
}

function reasonsOf(
  account: Account,
  region: string,
  rule: RuleFound,
  { events, findings, needsTrail }: Watched,
  forwarded: ReadonlySet<string>,
): { seen: readonly NamedEvent[]; reasons: HealthReason[] } {
  const { id, state, bus } = rule.item;
  const reasons: HealthReason[] = [];
  if (state === 'DISABLED') reasons.push(broken('rule-disabled', 'events:ListRules: State DISABLED'));
  if (bus !== 'default' && !forwarded.has(bus.split('/').at(-1) as string)) {
    reasons.push(broken('bus-without-events', `events:ListRules: EventBusName ${bus}`));
  }
  const reads = events.filter(({ name }) => isRead(name) && !READS_THAT_COME.includes(name));
  const readsCome = state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  if (!readsCome && reads.length > 0 && reads.length === events.length) {
    reasons.push(broken('reads-unseen', `events:ListRules: State ${state}, watches ${reads[0]?.name}`));
  }
  const here = GLOBAL_REGIONS[account.head.partition] ?? region;
  const global = region === here ? [] : events.filter(({ source }) => GLOBAL_SOURCES.test(source));
  if (global.length > 0 && global.length === events.length) {
    reasons.push(
      broken('global-events-elsewhere', `events:ListRules: watches ${global[0]?.source} in ${region}`),
    );
  } else if (global.length > 0) {
    reasons.push(
      warning(
        'some-events-elsewhere',
        `Events of ${global[0]?.source} arrive in ${here} only.`,
        `Make the rule in ${here} too.`,
        `events:ListRules: watches ${global[0]?.source} in ${region}`,
      ),
    );
  }
  const seen = events.filter((event) => !global.includes(event) && (readsCome || !reads.includes(event)));
  if (needsTrail) {
    const trails = trailsOf(account, region);
    reasons.push(
      ...(trails === null ? [unknown('cloudtrail:DescribeTrails')] : reasonsOfTrails(trails, events)),
    );
  }
  if (findings.some(({ product }) => product === 'guardduty') && events.length === 0) {
    const detectors = account.list('guardduty:ListDetectors', region);
    if (detectors === null) reasons.push(unknown('guardduty:ListDetectors'));
    else if (!detectors.some((one) => one.detail('guardduty:GetDetector')?.enabled !== false)) {
      reasons.push(broken('no-detector', 'guardduty:ListDetectors: none that is enabled'));
    }
  }
  const targets = rule.detail('eventbridge:ListTargetsByRule');
  if (targets === undefined || targets === null) reasons.push(unknown('events:ListTargetsByRule'));
  else if (targets.length === 0) reasons.push(broken('no-target', 'events:ListTargetsByRule: []'));
  else {
    const teller = { service: 'events.amazonaws.com', sourceArn: id, region };
    reasons.push(
      ...reasonsOfTargets(
        account,
        teller,
        targets.map(({ arn }) => arn),
      ),
    );
    reasons.push(
      ...targets.flatMap(({ deadLetterArn }) => reasonsOfDeadLetters(account, region, deadLetterArn)),
    );
  }
  // A broken rule is still shown with what it would see.
  return { seen: seen.length > 0 ? seen : events, reasons };
}

function reasonsOfDeadLetters(account: Account, region: string, arn: string | null): HealthReason[] {
  if (arn === null || account.list('sqs:ListQueues', region) === null) return [];
  if (account.byId('sqs:ListQueues', arn) !== null) return [];
  return [
    warning(
      'dead-letter-queue-gone',
      'The queue for what cannot be delivered does not exist.',
      'Make the queue again, or name another.',
      `sqs:ListQueues: no ${arn}`,
    ),
  ];
}

/** Features of GuardDuty that are switched on in a region; null where that is not known. */
function guarddutyFeatures(account: Account, region: string): ReadonlySet<string> | null {
  const detectors = account.list('guardduty:ListDetectors', region);
  const states = detectors?.map((detector) => detector.detail('guardduty:GetDetector'));
  if (states === undefined || states.some((state) => state === undefined)) return null;
  return new Set(['EXTENDED_THREAT_DETECTION', ...states.flatMap((state) => state?.features ?? [])]);
}

/** Buses that a rule of the region sends events to. */
function busesThatAreFed(rules: readonly RuleFound[]): ReadonlySet<string> {
  const targets = rules.flatMap((rule) => rule.detail('eventbridge:ListTargetsByRule') ?? []);
  return new Set(targets.flatMap(({ arn }) => /:event-bus\/(.+)$/.exec(arn)?.[1] ?? []));
}
