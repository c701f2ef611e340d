import type { ChannelName } from '../../model/channel.ts';
import type { EventsMessage, QuietAccount } from '../../model/notification.ts';
import type { DataJob } from '../../model/object-ledger.ts';
import type { FinishedRun, SourceTitles } from '../../model/run.ts';
import type { ListedSuppression } from '../../model/suppression.ts';
import type { Delivery } from '../transport.ts';

/** What there is to tell. The id is the same for every attempt to send the same message, and for no other one. */
export type Message =
  | { kind: 'events'; id: string; message: EventsMessage }
  | { kind: 'summary'; id: string; run: FinishedRun; titles: SourceTitles }
  | { kind: 'job'; id: string; job: DataJob }
  | { kind: 'suppressions'; id: string; suppressions: readonly ListedSuppression[] }
  | { kind: 'quiet'; id: string; accounts: readonly QuietAccount[] }
  | { kind: 'test'; id: string };

/** One way on which messages reach people; it gives them the form that its readers need. */
export interface Channel {
  name: ChannelName;
  /**
   * Sends a message once.
   *
   * @throws VedetteError `mail-unreachable` or `channel-unreachable` when a later attempt may succeed; `mail-refused` or
   *   `channel-refused` when only a change of settings helps; the signal's reason on abort.
   */
  send(message: Message, signal: AbortSignal): Promise<Delivery>;
}
