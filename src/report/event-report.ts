import { EVENT_STATUSES } from '../model/event.ts';
import type { DescribedEvent, NamedEvent } from '../model/event.ts';
import { LEVELS } from '../model/level.ts';
import { printable } from '../text/printable.ts';
import { richText } from '../text/rich-text.ts';

type ReportedEvent = NamedEvent & DescribedEvent;

/** More than anybody reads; what is left out is told. */
const MOST_EVENTS = 5000;

/**
 * A page for people who have no vedette: one HTML file without scripts or anything from elsewhere, to be read or printed.
 * Account by account, and of each check why it matters, what to do, and where.
 *
 * @param events the worst first: of very many, the first ones are shown
 */
export async function* eventReport(events: AsyncIterable<ReportedEvent>, now: Date): AsyncGenerator<string> {
  const shown: ReportedEvent[] = [];
  let isCut = false;
  for await (const event of events) {
    isCut = shown.length === MOST_EVENTS;
    if (isCut) break;
    shown.push(event);
  }
  yield head(shown, isCut, now);
  for (const [, ofAccount] of groupsOf(shown, ({ accountId }) => accountId)) yield accountSection(ofAccount);
  yield '</main>\n</html>\n';
}

function head(events: readonly ReportedEvent[], isCut: boolean, now: Date): string {
  const levels = LEVELS.map(
    (level) => [level, events.filter((event) => event.level === level).length] as const,
  );
  const statuses = EVENT_STATUSES.map(
    (status) => [status, events.filter((event) => event.status === status).length] as const,
  );
  const counts = [...levels, ...statuses].filter(([, count]) => count > 0);
  const items = counts.map(([name, count]) => `<li><b>${count}</b> ${name}</li>`).join('');
  const cut = isCut ? `<p>Only the ${MOST_EVENTS} worst are shown: a narrower filter shows all.</p>` : '';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Report of ${day(now.toISOString())}</title>
<style>${STYLE}</style>
<main>
<h1>${events.length} ${events.length === 1 ? 'event' : 'events'}</h1>
<p>As of ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC</p>
<ul class="counts">${items}</ul>
${cut}
`;
}

function accountSection(events: readonly ReportedEvent[]): string {
  const [first] = events;
  if (first === undefined) return '';
  const { accountId, accountName } = first;
  const title = accountName === null ? accountId : `${accountName} (${accountId})`;
  const checks = groupsOf(events, ({ service, checkId }) => `${service} ${checkId}`);
  return `<section>\n<h2>${text(title)}</h2>\n${[...checks.values()].map(checkSection).join('')}</section>\n`;
}

function checkSection(events: readonly ReportedEvent[]): string {
  const [first] = events;
  if (first === undefined) return '';
  const { finding, level, checkId, service } = first;
  return `<article>
<h3><span class="level">${level}</span> ${text(finding?.title ?? checkId)}</h3>
<p class="check">${text(service)} · ${text(checkId)}</p>
${explanation('Why it matters', finding?.rationale)}${explanation('What to do', finding?.remediation)}<table>
<tr><th>Resource<th>Region<th>Status<th>First seen<th>Last seen</tr>
${events.map(row).join('')}</table>
</article>
`;
}

function explanation(title: string, words: string | null | undefined): string {
  if (words == null) return '';
  const paragraphs = richText(words).map(
    ({ spans }) => `<p>${text(spans.map((span) => span.text).join(''))}</p>`,
  );
  return `<h4>${title}</h4>\n${paragraphs.join('\n')}\n`;
}

function row(event: ReportedEvent): string {
  const { resourceId, resourceName, region, firstSeen, lastSeen } = event;
  const id =
    resourceName === null || resourceName === resourceId ? '' : `<br><small>${text(resourceId)}</small>`;
  return (
    `<tr><td>${text(resourceName ?? resourceId)}${id}<td>${text(region ?? 'global')}<td>${statusText(event)}` +
    `<td>${day(firstSeen)}<td>${day(lastSeen)}</tr>\n`
  );
}

function statusText({ status, resolvedAt, suppression }: ReportedEvent): string {
  if (resolvedAt !== null) return `resolved ${day(resolvedAt)}`;
  if (suppression === null) return status;
  const { reason, owner, expiresAt } = suppression;
  const until = expiresAt === null ? '' : ` until ${day(expiresAt)}`;
  return `suppressed${until}: ${text(reason)}${owner === null ? '' : ` (${text(owner)})`}`;
}

/** In the order in which their first ones come. */
function groupsOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const one of rows) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

function day(iso: string): string {
  return iso.slice(0, 10);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function text(words: string): string {
  return printable(words).replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}

const STYLE = `
body { font: 14px/1.45 system-ui, sans-serif; color: #171b21; margin: 2rem; }
main { max-width: 60rem; margin: auto; }
h2 { border-bottom: 2px solid #171b21; margin-top: 2.5rem; }
h3 { margin-bottom: 0; } h4 { margin: .8rem 0 0; } p { margin: .3rem 0; }
article { break-inside: avoid-page; margin: 1.5rem 0; }
.level { text-transform: uppercase; font-size: .75em; border: 1px solid; padding: 0 .4em; }
.check, small { color: #59626f; }
.counts { display: flex; flex-wrap: wrap; gap: 1.5rem; list-style: none; padding: 0; }
table { width: 100%; border-collapse: collapse; margin-top: .8rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #dfe3e8; overflow-wrap: anywhere; }
@media print { body { margin: 0; font-size: 11px; } tr { break-inside: avoid; } }
`;
