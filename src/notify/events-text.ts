import type { CheckView, EventsView, LevelView, ResourceView } from './events-view.ts';

/** The plain-text twin of the HTML message. */
export function eventsText(view: EventsView, footer: string): string {
  const width = Math.max(...view.facts.map(({ name }) => name.length));
  const facts = view.facts.map(({ name, value }) => `${name.padEnd(width)}  ${value}`);
  const head = [`Security events in ${view.account}, not told before: ${view.counts}`, facts.join('\n')];
  return `${[...head, ...view.levels.map(levelText), `-- \n${footer}`].join('\n\n')}\n`;
}

function levelText({ level, total, checks, more }: LevelView): string {
  const heading = `${level.toUpperCase()} (${total})`;
  const parts = [`${heading}\n${'-'.repeat(heading.length)}`, ...checks.map(checkText)];
  return [...parts, ...(more > 0 ? [`and ${more} more`] : [])].join('\n\n');
}

function checkText({ title, service, checkId, resources }: CheckView): string {
  return [title, `${service} / ${checkId}`, ...resources.map(resourceText)].join('\n');
}

function resourceText({ name, id, type, region, state, unconfirmed }: ResourceView): string {
  const marks = unconfirmed ? `${state}, unconfirmed` : state;
  return `  - ${name}${id === null ? '' : ` (${id})`}, ${type}, ${region}, ${marks}`;
}
