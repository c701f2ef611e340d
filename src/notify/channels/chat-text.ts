import { runnerTitle, runSummaryText } from '../../report/execution-summary.ts';
import { excerpt } from '../../text/printable.ts';
import { TEST_SUBJECT, TEST_TEXT } from '../compose.ts';
import { endingText } from '../ending-text.ts';
import { eventsLink, viewOf } from '../events-view.ts';
import type { CheckView, EventsView } from '../events-view.ts';
import { jobText } from '../job-text.ts';
import { quietText } from '../quiet-text.ts';
import type { Message } from './channel.ts';

/** A message for a chat: plain, printable text, to be shown as such, without any markup of the chat's. */
export interface ChatText {
  title: string;
  parts: readonly string[];
}

const MOST_CHECKS = 10;
const MOST_RESOURCES = 3;
const MOST_NAME = 50;
const MOST_CHECK_TITLE = 100;
const MOST_TITLE = 150;
/** What Slack takes in one block is 3000. */
const MOST_PART = 2900;

/** @param publicUrl of the dashboard, for a link to the events */
export function chatTextOf(message: Message, publicUrl?: string): ChatText {
  switch (message.kind) {
    case 'events': {
      const view = viewOf(message.message, eventsLink(publicUrl, message.message));
      return cut(`${view.counts} in ${view.account}`, eventParts(view));
    }
    case 'summary': {
      const { run, titles } = message;
      return cut(`${runnerTitle(run, titles)} Failures`, [runSummaryText(run, titles)]);
    }
    case 'job': {
      const { title, text } = jobText(message.job, publicUrl);
      return cut(title, [text]);
    }
    case 'suppressions': {
      const { title, text } = endingText(message.suppressions, publicUrl);
      return cut(title, [text]);
    }
    case 'quiet': {
      const { title, text } = quietText(message.accounts, publicUrl);
      return cut(title, [text]);
    }
    case 'test':
      return cut(TEST_SUBJECT, [TEST_TEXT]);
  }
}

function eventParts({ facts, levels }: EventsView): string[] {
  return [
    facts.map(({ name, value }) => `${name}: ${value}`).join('\n'),
    ...levels.map(({ level, total, checks }) => {
      const listed = checks.slice(0, MOST_CHECKS);
      const more = total - listed.reduce((sum, { resources }) => sum + resources.length, 0);
      const end = more > 0 ? [`… and ${more} more`] : [];
      return [`${level.toUpperCase()} (${total})`, ...listed.map(checkLine), ...end].join('\n');
    }),
  ];
}

function checkLine({ title, resources }: CheckView): string {
  const names = resources
    .slice(0, MOST_RESOURCES)
    .map(({ name, state }) => `${excerpt(name, MOST_NAME)} (${state})`);
  const more = resources.length - names.length;
  return `• ${excerpt(title, MOST_CHECK_TITLE)}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function cut(title: string, parts: readonly string[]): ChatText {
  return {
    title: excerpt(title, MOST_TITLE),
    parts: parts.map((part) => (part.length > MOST_PART ? `${part.slice(0, MOST_PART)}…` : part)),
  };
}
