import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { AwsClients } from '../aws/clients.ts';
import { awsFailure } from '../aws/failures.ts';
import type { AwsFailure } from '../aws/failures.ts';
import type { AllowedCall } from '../aws/read-only.ts';
import { EventStatus } from '../model/event.ts';
import type { EventFilter } from '../model/filters.ts';
import { asffFinding } from '../report/asff.ts';
import type { Store } from '../store/database/store.ts';
import { describeEvents } from '../store/events/described.ts';
import { streamEvents } from '../store/events/events.ts';

/** All that is sent. */
export const SECURITY_HUB_CALLS: ReadonlySet<AllowedCall> = new Set([
  'securityhub:BatchImportFindings',
  'sts:GetCallerIdentity',
]);

/** What Security Hub made of the findings of one region. */
export interface HandedOver {
  region: string;
  accepted: number;
  refused: number;
  /** Of those that it did not take, each once. */
  reasons: readonly string[];
}

type AsffFinding = ReturnType<typeof asffFinding>;

/** That one call takes. */
const FINDINGS_AT_ONCE = 100;
/** What it means that a region refuses all of them. */
const NOT_SUBSCRIBED = /^(?:InvalidAccessException|ResourceNotFoundException)$/;

/** @throws what the client throws where the credentials are not taken */
export async function accountBehind(clients: AwsClients, region: string): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const { Account = '' } = await clients.of(STSClient, region).send(new GetCallerIdentityCommand({}));
  return Account;
}

/** The active and suppressed events of a filter, and those that were resolved since a time, as findings. */
export async function* findingsOf(
  store: Store,
  filter: EventFilter,
  resolvedSince: string,
): AsyncGenerator<AsffFinding> {
  const present = { ...filter, statuses: [EventStatus.Active, EventStatus.Suppressed] };
  const gone = { ...filter, statuses: [EventStatus.Resolved], resolvedSince };
  for (const one of [present, gone]) {
    for await (const event of describeEvents(store, filter.organizationId, streamEvents(store, one))) {
      yield asffFinding({ ...event, accountName: null });
    }
  }
}

/** How many there are, by region. */
export async function countFindings(findings: AsyncIterable<AsffFinding>): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const { Region } of findings) counts.set(Region, (counts.get(Region) ?? 0) + 1);
  return counts;
}

/**
 * Hands findings to Security Hub, each in its own region. One that is there already is brought up to date; what people
 * have written to it there stays. A region that refuses them is not asked again. In memory are at most a hundred of each.
 */
export async function handOver(
  clients: AwsClients,
  findings: AsyncIterable<AsffFinding>,
): Promise<HandedOver[]> {
  const regions = new Map<string, RegionalHub>();
  for await (const finding of findings) {
    const hub = regions.get(finding.Region) ?? new RegionalHub(clients, finding.Region);
    regions.set(finding.Region, hub);
    await hub.add(finding);
  }
  for (const hub of regions.values()) await hub.flush();
  return [...regions.values()].map((hub) => hub.outcome());
}

class RegionalHub {
  readonly #clients: AwsClients;
  readonly #region: string;
  readonly #reasons = new Set<string>();
  #waiting: AsffFinding[] = [];
  #accepted = 0;
  #refused = 0;
  #isClosed = false;

  constructor(clients: AwsClients, region: string) {
    this.#clients = clients;
    this.#region = region;
  }

  async add(finding: AsffFinding): Promise<void> {
    this.#waiting.push(finding);
    if (this.#waiting.length === FINDINGS_AT_ONCE) await this.flush();
  }

  async flush(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    if (this.#isClosed) {
      this.#refused += batch.length;
      return;
    }
    const { BatchImportFindingsCommand, SecurityHubClient } = await import('@aws-sdk/client-securityhub');
    const command = new BatchImportFindingsCommand({ Findings: batch as AwsSecurityFinding[] });
    try {
      const answer = await this.#clients.of(SecurityHubClient, this.#region).send(command);
      this.#accepted += answer.SuccessCount ?? 0;
      this.#refused += answer.FailedCount ?? 0;
      for (const { ErrorCode, ErrorMessage } of answer.FailedFindings ?? []) {
        this.#reasons.add(`${ErrorCode}: ${ErrorMessage}`);
      }
    } catch (error) {
      const call = { service: 'securityhub', operation: 'BatchImportFindings', region: this.#region };
      this.#isClosed = true;
      this.#refused += batch.length;
      this.#reasons.add(reasonOf(awsFailure(error, call)));
    }
  }

  outcome(): HandedOver {
    const reasons = [...this.#reasons];
    return { region: this.#region, accepted: this.#accepted, refused: this.#refused, reasons };
  }
}

function reasonOf({ code, message }: AwsFailure): string {
  return NOT_SUBSCRIBED.test(code)
    ? 'Security Hub is not switched on here, or does not take findings of this account'
    : `${code}: ${message}`;
}
