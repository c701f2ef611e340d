import type { Command } from 'commander';
import { failureKinds, reportOf } from '../errors.ts';
import type { AuditOutcome, AuditRecord } from '../model/audit.ts';
import { openedConfig } from './command-context.ts';
import { actorAtThisMachine } from './person.ts';

interface Audited {
  /** As the API calls the same. */
  action: string;
  /** What it is done to, by what the command was given. */
  target(given: readonly string[]): string;
  /** As the API calls it with `--undo`. */
  undo?: string;
  /** Without `--yes` it only tells what it would do. */
  onlyWithYes?: true;
}

const named =
  (kind: string) =>
  ([name]: readonly string[]): string =>
    `${kind}/${name}`;
const kindOnly = (kind: string) => (): string => kind;

/** The commands that change what others see, or begin something; by their names. */
export const AUDITED: Readonly<Record<string, Audited>> = {
  'account add': { action: 'accounts.add', target: named('accounts') },
  'account check': { action: 'accounts.check', target: named('accounts') },
  'account discover': { action: 'accounts.discover', target: kindOnly('accounts') },
  'account remove': { action: 'accounts.remove', target: named('accounts') },
  'coverage correct': { action: 'coverage.correct', undo: 'coverage.undo', target: kindOnly('coverage') },
  'event suppress': { action: 'events.suppress', target: (ids) => `events/${ids.join(',')}` },
  'event unsuppress': { action: 'events.unsuppress', target: (ids) => `events/${ids.join(',')}` },
  import: { action: 'scans.import', target: kindOnly('scans') },
  'invite create': { action: 'invites.create', target: kindOnly('teams/invites') },
  'invite end': { action: 'invites.end', target: named('teams/invites') },
  'notify security-hub': { action: 'events.publish', target: kindOnly('events') },
  'organisation add': { action: 'organizations.add', target: named('organizations') },
  'organisation delete': { action: 'organizations.delete', target: named('organizations') },
  'organisation plan': { action: 'organizations.plan', target: named('organizations') },
  'organisation rename': { action: 'organizations.rename', target: named('organizations') },
  'organisation set': { action: 'organizations.set', target: kindOnly('organization/settings') },
  purge: { action: 'events.purge', target: kindOnly('events') },
  's3 cancel': { action: 's3.cancel', target: named('s3/jobs') },
  's3 retry': { action: 's3.retry', target: named('s3/jobs') },
  's3 scan': { action: 's3.scan', target: kindOnly('s3/jobs') },
  'scan cancel': { action: 'runs.cancel', target: named('runs') },
  'scan retry': { action: 'runs.retry', target: named('runs') },
  'scan run': { action: 'runs.start', target: kindOnly('runs') },
  'scan withdraw': { action: 'scans.withdraw', target: named('scans'), onlyWithYes: true },
  'schedule apply': { action: 'schedules.apply', target: kindOnly('schedules') },
  'schedule create': { action: 'schedules.put', target: named('schedules') },
  'schedule delete': { action: 'schedules.delete', target: named('schedules') },
  'schedule pause': { action: 'schedules.pause', target: named('schedules') },
  'schedule resume': { action: 'schedules.resume', target: named('schedules') },
  'schedule trigger': { action: 'schedules.trigger', target: named('schedules') },
  'suppression add': { action: 'suppressions.add', target: kindOnly('suppressions') },
  'suppression edit': { action: 'suppressions.change', target: named('suppressions') },
  'suppression end': { action: 'suppressions.end', target: named('suppressions') },
  'session end': { action: 'sessions.end', target: named('sessions') },
  'token create': { action: 'tokens.create', target: named('tokens') },
  'token link': { action: 'links.create', target: kindOnly('links') },
  'token revoke': { action: 'tokens.revoke', target: named('tokens') },
  'user add': { action: 'members.add', target: named('members') },
  'user disable': { action: 'members.disable', target: named('members') },
  'user enable': { action: 'members.enable', target: named('members') },
  'user factor remove': { action: 'factor.remove', target: named('members') },
  'user link': { action: 'members.link', target: named('members') },
  'user remove': { action: 'members.remove', target: named('members') },
  'user role': { action: 'members.change', target: named('members') },
  'view360 focus import': { action: 'payloads.load', target: kindOnly('payloads') },
  'view360 load': { action: 'payloads.load', target: kindOnly('payloads') },
  'view360 pull': { action: 'payloads.pull', target: kindOnly('payloads') },
  'view360 receive': { action: 'payloads.receive', target: kindOnly('payloads') },
  'view360 retry': { action: 'payloads.retry', target: named('payloads') },
  'view360 send': { action: 'payloads.send', target: kindOnly('payloads') },
};

/** What the command has made, where its arguments cannot name it. */
let made: string | undefined;

/** Names what the command of this process has made: `runs/run-2026-11-22-173005-1f3a`. */
export function auditMade(target: string): void {
  made = target;
}

/** `event suppress`: the names of a command, without that of the program. */
export function nameOf(command: Command): string {
  const { parent } = command;
  return parent?.parent == null ? command.name() : `${nameOf(parent)} ${command.name()}`;
}

/** Begins to watch a command; undefined for one that changes nothing. */
export function beginAudit(command: Command): AuditRecord | undefined {
  const audited = AUDITED[nameOf(command)];
  const options = command.opts<Record<string, unknown>>();
  if (audited === undefined || options['dryRun'] === true) return undefined;
  if (audited.onlyWithYes === true && options['yes'] !== true) return undefined;
  return {
    organizationId: '',
    at: new Date().toISOString(),
    userId: null,
    actor: actorAtThisMachine(),
    action: options['undo'] === true ? (audited.undo ?? audited.action) : audited.action,
    target: audited.target(command.args),
    details: { arguments: command.args, options },
    outcome: 'done',
  };
}

/**
 * Writes to the audit log what a command did, or tried: as the API does for its requests, once it is known what came of it.
 *
 * @param failure what the command has thrown, if it has
 */
export async function endAudit(record: AuditRecord, failure: unknown): Promise<void> {
  const [{ loadConfig }, { createLogger }, { isDatabaseMade, openMigratedStore }, { recordAttempt }] =
    await Promise.all([
      import('../settings.ts'),
      import('../log.ts'),
      import('../store/database/open.ts'),
      import('../store/access/audit.ts'),
    ]);
  // Flags may have named another database.
  const config = openedConfig() ?? loadConfig().config;
  // What failed before there was anything has changed nothing.
  if (failure !== undefined && !isDatabaseMade(config)) return;
  const store = await openMigratedStore(config, createLogger('error'));
  try {
    await recordAttempt(store, {
      ...record,
      target: made ?? record.target,
      organizationId: config.general.organizationId,
      ...(failure === undefined ? {} : outcomeOf(record, failure)),
    });
  } finally {
    await store.close();
  }
}

function outcomeOf(
  { details }: AuditRecord,
  failure: unknown,
): { outcome: AuditOutcome; details: AuditRecord['details'] } {
  const { type } = reportOf(failure);
  return {
    outcome: failureKinds[type].retryable ? 'failed' : 'refused',
    details: { ...details, failure: type },
  };
}
