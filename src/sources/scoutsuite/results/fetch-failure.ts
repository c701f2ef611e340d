import { FETCHED_BY, KNOWN_VERSION, READ_INTO, SERVICES_BY_VPC } from './fetched-by.ts';
import { memberOf, textOf } from './json-value.ts';

/** What an entry of the scanner's log of errors tells of what could not be fetched. */
export interface FetchFailure {
  /** Empty when nobody can tell. */
  services: readonly string[];
  /** Kinds of resources of these services, such as `iam.users`; null when it may be any. */
  kinds: readonly string[] | null;
  /** Null when it may be any. */
  region: string | null;
  /** Of the only resource that it concerns; null when it concerns many, or nobody can tell. */
  resourceId: string | null;
}

export interface KnownKinds {
  /** Of ScoutSuite. */
  version: string;
  /** Every service that the scanner knows. */
  services: readonly string[];
  /** For each container of resources, such as `topics`, the services that have it. */
  servicesByContainer: ReadonlyMap<string, readonly string[]>;
  /** Of AWS, such as `aws-cn`. */
  partition: string;
}

/** Parts of ScoutSuite that judge what was fetched. A rule that crashed has no items, and is known by that. */
const RULE_EVALUATION =
  /(?:\/core\/(?:processingengine|rule|rule_definition|ruleset|conditions|utils)|\/configs\/browser)\.py/;
const RULE_EVALUATION_FILE = /^(?:processingengine|rule|rule_definition|ruleset|conditions|browser)\.py$/;

/** Where boto's name, or the name in a message, is not that of ScoutSuite's results. */
const SERVICES_BY_NAME: ReadonlyMap<string, readonly string[]> = new Map([
  ['lambda', ['awslambda']],
  ['logs', ['cloudwatch']],
  ['ec2', ['ec2', 'vpc']],
  ['s3control', ['s3']],
  ['route53domains', ['route53']],
  ['direct connect', ['directconnect']],
  ['secrets manager', ['secretsmanager']],
]);

/** The outermost function of ScoutSuite that is about one service: the error was caught there. */
const CAUGHT_IN =
  /\/providers\/aws\/(?:facade|resources\/[a-z0-9]+)\/(?!utils|base)\w+\.py", line \d+, in (\w+)/;
/** Whatever stopped these, much else may be missing. */
const WHOLE_SERVICE = /^(?:Could not fetch|Error finalizing) /;
const OPERATION = / when calling the (\w+) operation/;
const REGIONS = [
  / on resource: arn:[\w-]+:[\w-]+:([a-z0-9-]+):/,
  /https?:\/\/[\w.-]*?\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\./,
];

/** What happened while fetching may show up in a rule's file too, never the other way round. */
export function isRuleEvaluation(error: unknown): boolean {
  const traceback = tracebackOf(error);
  if (/\/providers\/aws\/(?:facade|resources)\//.test(traceback)) return false;
  return RULE_EVALUATION.test(traceback) || RULE_EVALUATION_FILE.test(fileOf(error));
}

export function messageOf(error: unknown): string {
  return textOf(memberOf(error, 'exception')) ?? '';
}

/** The errors have no fields for this: the message, the traceback and the file tell, the surest first. */
export function readFailure(error: unknown, known: KnownKinds): FetchFailure {
  const services = servicesOf(error, known);
  if (known.version !== KNOWN_VERSION) return { services, kinds: null, region: null, resourceId: null };
  const kinds = kindsOf(error, services, known);
  return {
    services:
      kinds === null ? services : services.filter((service) => kinds.some((kind) => isOf(kind, service))),
    kinds,
    region: regionOf(error),
    resourceId: resourceOf(error, services, known),
  };
}

export function isOf(kind: string, service: string): boolean {
  return kind.startsWith(`${service}.`);
}

function tracebackOf(error: unknown): string {
  return (textOf(memberOf(error, 'traceback')) ?? '').replaceAll('\\', '/');
}

function fileOf(error: unknown): string {
  return textOf(memberOf(error, 'file')) ?? '';
}

function isOfVpcs(error: unknown): boolean {
  return /EC2 VPC|describe_vpcs|DescribeVpcs|in get_vpcs| for resource vpcs:/.test(
    `${messageOf(error)}\n${tracebackOf(error)}`,
  );
}

function servicesOf(error: unknown, known: KnownKinds): readonly string[] {
  if (isOfVpcs(error)) return SERVICES_BY_VPC;
  const message = messageOf(error);
  const traceback = tracebackOf(error);
  const resources = /\/providers\/aws\/resources\/([a-z0-9]+)\//.exec(traceback)?.[1] ?? '';
  if (known.services.includes(resources)) return [resources];
  const names = [
    / for the (\S+) service\b/.exec(message)?.[1],
    /\/providers\/aws\/facade\/(?!utils|base)([a-z0-9]+)\.py/.exec(traceback)?.[1],
    /^Could not fetch (.+?) configuration/.exec(message)?.[1],
    // Logged after all regions were asked, with no traceback.
    message.startsWith('Failed to list buckets: ') ? 's3' : undefined,
    /'services', '([a-z0-9]+)'/.exec(JSON.stringify(memberOf(error, 'additional_details') ?? ''))?.[1],
  ];
  const name = names.find((found) => found !== undefined);
  if (name !== undefined) return servicesNamed(name, known);
  return known.servicesByContainer.get(containerIn(message)) ?? servicesMentioned(error, known);
}

function servicesNamed(name: string, known: KnownKinds): readonly string[] {
  const word = name.toLowerCase();
  return (SERVICES_BY_NAME.get(word) ?? [word]).filter((service) => known.services.includes(service));
}

/** The name of the file, else a word of the message before its colon: `Failed to get CloudFront distributions: …`. */
function servicesMentioned(error: unknown, known: KnownKinds): readonly string[] {
  const ofFile = servicesNamed(fileOf(error).replace(/\.py$/, ''), known);
  if (ofFile.length > 0) return ofFile;
  const [beginning = ''] = messageOf(error).toLowerCase().split(':', 1);
  const names = [...SERVICES_BY_NAME.keys(), ...known.services];
  const mentioned = names.find((name) => ` ${beginning} `.includes(` ${name} `));
  return mentioned === undefined ? [] : servicesNamed(mentioned, known);
}

function containerIn(message: string): string {
  return / for resource (\w+):/.exec(message)?.[1] ?? '';
}

function kindsOf(error: unknown, services: readonly string[], known: KnownKinds): readonly string[] | null {
  if (isOfVpcs(error)) return services.map((service) => `${service}.vpcs`);
  const message = messageOf(error);
  if (WHOLE_SERVICE.test(message)) return null;
  const container = containerIn(message);
  const named = services
    .map((service) => READ_INTO[`${service}.${container}`] ?? `${service}.${container}`)
    .filter((kind) => isKnown(kind, known));
  const caughtIn = CAUGHT_IN.exec(tracebackOf(error))?.[1];
  const operation = OPERATION.exec(message)?.[1];
  const told = [named, fetchedBy(caughtIn, services), fetchedBy(operation, services)];
  return told.find((kinds) => kinds.length > 0) ?? null;
}

function isKnown(kind: string, { servicesByContainer }: KnownKinds): boolean {
  const [service = '', container = ''] = kind.split('.');
  return kind in FETCHED_BY || servicesByContainer.get(container)?.includes(service) === true;
}

function fetchedBy(name: string | undefined, services: readonly string[]): readonly string[] {
  if (name === undefined) return [];
  return Object.keys(FETCHED_BY).filter(
    (kind) => services.some((service) => isOf(kind, service)) && FETCHED_BY[kind]?.includes(name),
  );
}

function regionOf(error: unknown): string | null {
  const message = messageOf(error);
  return REGIONS.map((pattern) => pattern.exec(message)?.[1]).find((region) => region !== undefined) ?? null;
}

/** Of buckets and keys many calls are made for each, and one that is refused hides nothing else. */
function resourceOf(error: unknown, services: readonly string[], { partition }: KnownKinds): string | null {
  const message = messageOf(error);
  if (services.length !== 1) return null;
  if (services[0] === 's3') {
    const bucket = /^Failed to (?:get|evaluate) .+? for ([\w.-]+): /.exec(message)?.[1];
    return bucket === undefined ? null : `arn:${partition}:s3:::${bucket}`;
  }
  return services[0] === 'kms'
    ? (/ on resource: arn:[\w:-]+:key\/([\w-]+)/.exec(message)?.[1] ?? null)
    : null;
}
