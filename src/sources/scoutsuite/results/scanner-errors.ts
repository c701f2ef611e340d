import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { memberOf, textOf } from './json-value.ts';

/** What the scanner's own log of errors says of the services in scope. */
export interface ScannerErrors {
  /** Errors while fetching a service: what is missing from it may still be there. */
  fetchErrors: ReadonlyMap<string, number>;
  /** Sentences for people. */
  warnings: readonly string[];
}

const NO_ERRORS: ScannerErrors = { fetchErrors: new Map(), warnings: [] };

/** ScoutSuite writes the errors just after the results, but copies may be made in another order. */
const STALE_AFTER_MS = 5 * 60_000;
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_QUOTED = 160;

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

/** Services whose resources ScoutSuite sorts by VPC: without the list of VPCs they come out empty. */
const SERVICES_BY_VPC = ['ec2', 'vpc', 'elasticache', 'elb', 'elbv2', 'emr', 'rds', 'redshift'];

export interface ErrorsInput {
  resultsFile: string;
  /** Services that the scan covered. */
  services: readonly string[];
  /** Every service that the scanner knows. */
  knownServices: readonly string[];
  /** For each kind of resource, such as `topics`, the services that have it. */
  servicesByContainer: ReadonlyMap<string, readonly string[]>;
}

/** Reads `scoutsuite_errors_<name>.json` beside `scoutsuite_results_<name>.js`; there is none when all went well. */
export async function readScannerErrors(input: ErrorsInput): Promise<ScannerErrors> {
  const file = errorsFileOf(input.resultsFile);
  const content = file === null ? null : await readErrors(file, input.resultsFile);
  if (content === null) return NO_ERRORS;
  return typeof content === 'string' ? blockEverything(input.services, content) : attribute(content, input);
}

/** Where the scanner puts its errors, whether or not it had any; null for a file of another name. */
export function errorsFileOf(resultsFile: string): string | null {
  const name = /^scoutsuite_results_(.+)\.js$/.exec(basename(resultsFile))?.[1];
  return name === undefined ? null : join(dirname(resultsFile), `scoutsuite_errors_${name}.json`);
}

/** The list; or why it cannot be read; or null when there is none of this scan. */
async function readErrors(file: string, resultsFile: string): Promise<readonly unknown[] | string | null> {
  try {
    const [errors, results] = await Promise.all([stat(file), stat(resultsFile)]);
    if (errors.mtimeMs + STALE_AFTER_MS < results.mtimeMs) return null;
    if (errors.size > MAX_FILE_BYTES) return `${basename(file)} is too large to be read`;
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(content) ? content : `${basename(file)} does not hold a list of errors`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    return `${basename(file)} cannot be read (${error instanceof Error ? error.message : String(error)})`;
  }
}

function blockEverything(services: readonly string[], reason: string): ScannerErrors {
  return {
    fetchErrors: new Map(services.map((service) => [service, 1])),
    warnings: [`${reason}: nothing that is missing from this scan is taken as fixed.`],
  };
}

/** Counts the errors by service; one that names no service counts for every service in scope. */
function attribute(errors: readonly unknown[], input: ErrorsInput): ScannerErrors {
  const ofFetching = errors.filter((error) => !isRuleEvaluation(error));
  const byService = new Map<string, unknown[]>();
  const unattributed: unknown[] = [];
  for (const error of ofFetching) {
    const services = servicesOf(error, input);
    if (services.length === 0) unattributed.push(error);
    for (const service of services) byService.set(service, [...(byService.get(service) ?? []), error]);
  }

  const covered = input.services.filter((service) => byService.has(service));
  if (byService.size > 0 && covered.length === 0) {
    return {
      ...NO_ERRORS,
      warnings: ['The errors file beside the results is of other services than this scan; ignored.'],
    };
  }
  const fetchErrors = new Map(
    input.services.map((service) => [service, (byService.get(service)?.length ?? 0) + unattributed.length]),
  );
  const warnings = covered.map((service) => serviceWarning(service, byService.get(service) ?? []));
  if (unattributed.length > 0) warnings.push(unattributedWarning(unattributed));
  const evaluating = errors.length - ofFetching.length;
  if (evaluating > 0) warnings.push(`The scanner logged ${counted(evaluating)} while evaluating its rules.`);
  return { fetchErrors, warnings };
}

function serviceWarning(service: string, errors: readonly unknown[]): string {
  const logged = `The scanner logged ${counted(errors.length)} while fetching ${service}`;
  return `${logged}; what is missing there is not taken as fixed. ${quote(errors[0])}`;
}

function unattributedWarning(errors: readonly unknown[]): string {
  const logged = `The scanner logged ${counted(errors.length)} that name${errors.length === 1 ? 's' : ''} no service`;
  return `${logged}; nothing that is missing from this scan is taken as fixed. ${quote(errors[0])}`;
}

function counted(errors: number): string {
  return errors === 1 ? '1 error' : `${errors} errors`;
}

/** The text comes from AWS and from Python: on one line, and not at length. */
function quote(error: unknown): string {
  const text = messageOf(error)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return text.length > MAX_QUOTED ? `"${text.slice(0, MAX_QUOTED)}…"` : `"${text}"`;
}

function messageOf(error: unknown): string {
  return textOf(memberOf(error, 'exception')) ?? '';
}

function tracebackOf(error: unknown): string {
  return (textOf(memberOf(error, 'traceback')) ?? '').replaceAll('\\', '/');
}

function fileOf(error: unknown): string {
  return textOf(memberOf(error, 'file')) ?? '';
}

/** What happened while fetching may show up in a rule's file too, never the other way round. */
function isRuleEvaluation(error: unknown): boolean {
  const traceback = tracebackOf(error);
  if (/\/providers\/aws\/(?:facade|resources)\//.test(traceback)) return false;
  return RULE_EVALUATION.test(traceback) || RULE_EVALUATION_FILE.test(fileOf(error));
}

/** The errors have no field for the service: the message, the traceback and the place tell, the surest first. */
function servicesOf(error: unknown, input: ErrorsInput): readonly string[] {
  const message = messageOf(error);
  const traceback = tracebackOf(error);
  if (/EC2 VPC|describe_vpcs|DescribeVpcs|in get_vpcs/.test(`${message}\n${traceback}`))
    return SERVICES_BY_VPC;
  const resources = /\/providers\/aws\/resources\/([a-z0-9]+)\//.exec(traceback)?.[1] ?? '';
  if (input.knownServices.includes(resources)) return [resources];
  const names = [
    / for the (\S+) service\b/.exec(message)?.[1],
    /\/providers\/aws\/facade\/(?!utils|base)([a-z0-9]+)\.py/.exec(traceback)?.[1],
    /^Could not fetch (.+?) configuration/.exec(message)?.[1],
    /'services', '([a-z0-9]+)'/.exec(JSON.stringify(memberOf(error, 'additional_details') ?? ''))?.[1],
  ];
  const name = names.find((found) => found !== undefined);
  if (name !== undefined) return servicesNamed(name, input);
  const container = / for resource (\w+):/.exec(message)?.[1] ?? '';
  return input.servicesByContainer.get(container) ?? servicesMentioned(error, input);
}

function servicesNamed(name: string, input: ErrorsInput): readonly string[] {
  const word = name.toLowerCase();
  return (SERVICES_BY_NAME.get(word) ?? [word]).filter((service) => input.knownServices.includes(service));
}

/** The name of the file, else a word of the message before its colon: `Failed to get CloudFront distributions: …`. */
function servicesMentioned(error: unknown, input: ErrorsInput): readonly string[] {
  const ofFile = servicesNamed(fileOf(error).replace(/\.py$/, ''), input);
  if (ofFile.length > 0) return ofFile;
  const [beginning = ''] = messageOf(error).toLowerCase().split(':', 1);
  const names = [...SERVICES_BY_NAME.keys(), ...input.knownServices];
  const mentioned = names.find((name) => ` ${beginning} `.includes(` ${name} `));
  return mentioned === undefined ? [] : servicesNamed(mentioned, input);
}
