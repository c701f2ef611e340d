import type { CoverageStatus } from '../model/coverage.ts';
import { html } from '../text/html.ts';
import type { Markup } from '../text/html.ts';
import { accountText, minuteText, reportPage, shareBar } from '../text/report-page.ts';
import { coverageData } from './data.ts';
import type { DocumentedDetection, documentedReport } from './scoring/documented.ts';
import type { Drift } from './scoring/drift.ts';
import type { documentedGap } from './scoring/gaps.ts';

type Documented = ReturnType<typeof documentedReport>;

interface Reported {
  report: Documented;
  /** What to close first comes first. */
  gaps: readonly ReturnType<typeof documentedGap>[];
  detections: readonly DocumentedDetection[];
  /** What is covered less than `LOST_SINCE_DAYS` days before. */
  lost: readonly Drift[];
  /** What accounts are called. */
  names: ReadonlyMap<string, string>;
  organizationId: string;
  /** ISO 8601 in UTC. */
  writtenAt: string;
}

export const LOST_SINCE_DAYS = 7;

/** More than so many, nobody reads; the lists of the command and the page have all. */
const GAPS_SHOWN = 20;
const DETECTIONS_SHOWN = 100;
const STATUSES = ['covered', 'partial', 'uncovered'] as const;
const STATUS_NAMES: Readonly<Record<CoverageStatus, string>> = {
  covered: 'covered',
  partial: 'in part',
  uncovered: 'uncovered',
  'not-applicable': 'not applicable',
};

/** What the accounts would notice, for people who have no access. */
export function coverageHtml(reported: Reported): string {
  const { report, organizationId, writtenAt } = reported;
  return reportPage({
    kind: 'Detection coverage report',
    title: 'Which attacks would be noticed',
    windowTitle: 'Detection coverage',
    lead: html`<p class="muted">
      By the techniques of MITRE ATT&amp;CK ${report.attackVersion} that show in a cloud account. Organisation
      ${organizationId}, as of ${minuteText(writtenAt)}.
    </p>`,
    body: [
      summary(report),
      accounts(reported),
      lost(reported),
      tactics(report),
      gaps(reported),
      broken(reported),
      controls(report),
      techniques(report),
      explanation(),
    ],
    styles,
  });
}

function summary({ summary: figures }: Documented): Markup {
  const { effective, coveredByDetections, detections } = figures;
  return html`<section aria-labelledby="summary">
    <h2 id="summary">Summary</h2>
    <p class="score">
      <strong>${percent(effective)}</strong> effective coverage, as a mean of ${figures.techniques}
      techniques.
    </p>
    ${shareBar(STATUSES.map((status) => [status, figures[status]]))}
    <ul class="counts">
      ${STATUSES.map((status) => html`<li>${badge(status)} <strong>${figures[status]}</strong></li>`)}
    </ul>
    <p>
      By detections alone, without what only judges how things are set up, ${coveredByDetections} are covered.
      Of the detections ${detections.healthy} work, ${detections.broken} cannot work, and of
      ${detections.unknown} it is not known.
    </p>
  </section>`;
}

function accounts({ report: { accounts: ids, summary: figures }, names }: Reported): Markup {
  if (ids.length === 0) {
    return html`<section>
      <h2>Accounts</h2>
      <p>No scan has looked for detections yet.</p>
    </section>`;
  }
  const unknown = new Map(figures.unknown.map((one) => [one.accountId, one]));
  return html`<section aria-labelledby="accounts">
    <h2 id="accounts">Accounts</h2>
    <ul>
      ${ids.map((accountId) => {
        const { unseen = [], servicesUnknown = [] } = unknown.get(accountId) ?? {};
        return html`<li>
          ${accountText(names, accountId)}${unseen.length === 0 ? null : html`: ${unseen.length} ${unseen.length === 1 ? 'call' : 'calls'} had no answer; what is hidden may raise the figures`}${servicesUnknown.length === 0 ? null : html`; whether these are in use is not known: ${servicesUnknown.join(', ')}`}
        </li>`;
      })}
    </ul>
  </section>`;
}

function lost({ lost: all }: Reported): Markup {
  return table(
    'lost',
    `Lost in the last ${LOST_SINCE_DAYS} days`,
    ['Technique', 'Was', 'Is', 'Since', 'Because'],
    all.map(({ id, name, from, to, since, because }) => [
      `${id} ${name}`,
      STATUS_NAMES[from],
      STATUS_NAMES[to],
      since === null ? '' : minuteText(since),
      because.join('; '),
    ]),
  );
}

function tactics({ tactics: all }: Documented): Markup {
  return table(
    'tactics',
    'By tactic',
    ['Tactic', 'Techniques', 'Covered', 'In part', 'Uncovered', 'Effective'],
    all.map(({ name, techniques: count, covered, partial, uncovered, effective }) => [
      name,
      count,
      covered,
      partial,
      uncovered,
      percent(effective),
    ]),
  );
}

function gaps({ gaps: all }: Reported): Markup {
  const shown = all.slice(0, GAPS_SHOWN);
  const more = all.length - shown.length;
  return table(
    'gaps',
    'What to close first',
    ['Technique', 'Effective', 'Not seen in', 'With open events'],
    shown.map(({ id, name, effective, uncoveredServices, openServices }) => [
      `${id} ${name}`,
      percent(effective),
      uncoveredServices.join(', '),
      openServices.join(', '),
    ]),
    html`<p class="muted">
      Those first that most is open to: the services that nobody watches, by the open events of other scans in
      them.${more > 0 ? ` ${more} more are not shown.` : ''}
    </p>`,
  );
}

function broken({ detections, names }: Reported): Markup {
  const all = detections.filter(({ health }) => health === 'broken');
  const more = all.length - DETECTIONS_SHOWN;
  return table(
    'broken',
    'Detections that cannot work',
    ['Detection', 'Account', 'Region', 'Why, and what to do'],
    all.slice(0, DETECTIONS_SHOWN).map(({ name, accountId, region, reasons }) => [
      name,
      accountText(names, accountId),
      region ?? '',
      reasons
        .filter(({ severity }) => severity === 'broken')
        .map(({ text, remedy }) => `${text} ${remedy}`)
        .join(' '),
    ]),
    html`<p class="muted">They count for nothing.${more > 0 ? ` ${more} more are not shown.` : ''}</p>`,
  );
}

function controls({ controls: all }: Documented): Markup {
  const { frameworks } = coverageData('controls');
  return html`<section aria-labelledby="controls">
    <h2 id="controls">Controls</h2>
    ${frameworks.map((framework) => {
      const own = all.filter(
        (control) => control.framework === framework.id && control.status !== 'not-applicable',
      );
      return html`<h3>${framework.name}</h3>
        ${rows(
          ['Control', 'Status', 'Techniques', 'Services', 'Effective', 'Services not seen'],
          own.map((control) => [
            `${control.id} ${control.title}`,
            badge(control.status),
            percent(control.techniqueCoverage),
            percent(control.serviceCoverage),
            percent(control.effective),
            control.uncoveredServices.join(', '),
          ]),
        )}`;
    })}
  </section>`;
}

function techniques({ techniques: all }: Documented): Markup {
  return table(
    'techniques',
    'Every technique',
    ['Technique', 'Status', 'Effective', 'Services seen', 'Services not seen'],
    all.map(({ id, name, status, effective, inScopeServices, coveredServices, uncoveredServices }) => [
      `${id} ${name}`,
      badge(status),
      percent(effective),
      inScopeServices.length === 0 ? 'none in use' : `${coveredServices.length} of ${inScopeServices.length}`,
      uncoveredServices.join(', '),
    ]),
  );
}

type Cell = string | number | Markup;

/** A part with a table; nothing where there is nothing to tell. */
function table(
  id: string,
  title: string,
  heads: readonly string[],
  cells: readonly (readonly Cell[])[],
  note: Markup | null = null,
): Markup {
  if (cells.length === 0) return html``;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${note}${rows(heads, cells)}
  </section>`;
}

function rows(heads: readonly string[], cells: readonly (readonly Cell[])[]): Markup {
  return html`<table>
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${cells.map(
        ([first = '', ...others]) =>
          html`<tr>
            <th scope="row">${first}</th>
            ${others.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function badge(status: CoverageStatus): Markup {
  return html`<span class="badge ${status}">${STATUS_NAMES[status]}</span>`;
}

function percent(value: number | null): string {
  return value === null ? '–' : `${value} %`;
}

function explanation(): Markup {
  return html`<section aria-labelledby="reading">
    <h2 id="reading">How to read this</h2>
    <p>
      A technique is seen where a detection that works looks for one of the events that show it. Its
      <b>technique coverage</b> is then 100 %, else 0 %; of a control it is the share of its techniques. Its
      <b>service coverage</b> is the share of the services in use that the technique is about and in which it
      is seen. <b>Effective</b> is the mean of both: from 80 % on covered, from 40 % on in part. Figures are
      rounded down.
    </p>
    <p>
      That a technique is covered does not mean that every way of it is noticed, nor that anybody acts on it.
      What a scan was not allowed to see is unknown, not absent.
    </p>
  </section>`;
}

const styles = html`
  .badge.covered{color:#1b6e3c}.badge.partial{color:#8a5a00}.badge.uncovered{color:#b42318}.badge.not-applicable{color:#52606d}
  .fill-covered{fill:#2f855a}.fill-partial{fill:#d69e2e}.fill-uncovered{fill:#b42318} td,thead
  th{text-align:left} td{overflow-wrap:anywhere}
`;
