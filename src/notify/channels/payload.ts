import { runSummaryText } from '../../report/execution-summary.ts';
import type { Message } from './channel.ts';

/** A message for programs, as JSON has it. */
export function payloadOf(message: Message): { type: string; data: unknown } {
  switch (message.kind) {
    case 'events':
      return { type: 'events.notified', data: message.message };
    case 'summary': {
      const { run, titles } = message;
      return { type: 'run.failed', data: { ...run, text: runSummaryText(run, titles) } };
    }
    case 'job':
      return { type: 'job.ended', data: message.job };
    case 'suppressions':
      return { type: 'suppressions.ending', data: { suppressions: message.suppressions } };
    case 'quiet':
      return { type: 'accounts.quiet', data: { accounts: message.accounts } };
    case 'test':
      return { type: 'test', data: {} };
  }
}
