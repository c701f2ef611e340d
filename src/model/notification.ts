import type { Level } from './level.ts';

/** What one message about a scan's new and reopened events says. Times are ISO 8601 in UTC. */
export interface EventsMessage {
  organizationId: string;
  accountId: string;
  /** Name of the profile in the AWS configuration; null where only the account is known. */
  profile: string | null;
  source: string;
  scanTime: string;
  /** Version of the scanner. */
  version: string;
  scanId: number;
  /** Levels that have events, gravest first. */
  levels: readonly NotifiedLevel[];
  /** Active events of the account, of any source, that should have been mended by now. */
  overdue: number;
}

export interface NotifiedLevel {
  level: Level;
  /** Events of this level that the message counts, also those that it does not list. */
  total: number;
  /** The first of them: what this scan brought before what is known, those of one check beside each other. */
  events: readonly NotifiedEvent[];
}

export interface NotifiedEvent {
  id: number;
  /** `known`: there in earlier scans already, though nobody was told of it. */
  state: 'new' | 'reopened' | 'known';
  /** The level before, of an event whose level rose. */
  raisedFrom: Level | null;
  service: string;
  checkId: string;
  /** What the check found, in the scanner's words. */
  title: string;
  resourceId: string;
  resourceName: string | null;
  resourceType: string;
  /** Null for a global resource. */
  region: string | null;
  /** First seen in a scan with fetch errors of its service, and not confirmed since. */
  unconfirmed: boolean;
}

/** An active event that nobody was told of, with what its check says. */
export interface PendingEvent {
  id: number;
  level: Level;
  service: string;
  checkId: string;
  title: string | null;
  rationale: string | null;
  remediation: string | null;
  resourceId: string;
  resourceName: string | null;
  resourceType: string;
  region: string | null;
  firstSeen: string;
  /** Set when it was resolved before and came back. */
  reopenedAt: string | null;
  /** The level before, when it rose since the event was new or reopened. */
  raisedFrom: Level | null;
  /** First seen in a scan with fetch errors of its service, and not confirmed since. */
  unconfirmed: boolean;
}

export interface PendingLevel {
  level: Level;
  total: number;
  /** The first of them. */
  events: readonly PendingEvent[];
}

export interface PendingNotifications {
  /** Gravest first; levels without events are left out. */
  levels: readonly PendingLevel[];
  /** Of all pending events, also those beyond the first of each level: what to mark once they are told. */
  ids: readonly number[];
}

/** The message that is due after a scan. */
export interface NotificationPreview {
  scanId: number;
  subject: string;
  html: string;
  text: string;
}

/** An account that used to send what it is made of, and sends nothing any more. */
export interface QuietAccount {
  accountId: string;
  accountName: string;
  /** ISO 8601, in UTC. */
  lastPayloadAt: string;
}
