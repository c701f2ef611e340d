import type {
  CheckResult,
  ComplianceScore,
  FrameworkStanding,
  RequirementState,
  StandingRequirement,
} from '../model/compliance.ts';
import { html } from '../text/html.ts';
import type { Markup } from '../text/html.ts';
import { accountText, minuteText, reportPage, shareBar } from '../text/report-page.ts';
import { changesText, coverageText, percentText, STATE_NAMES } from './compliance-text.ts';

/** A resource that fails a check. */
export interface FailingResource {
  accountId: string;
  region: string | null;
  resourceId: string;
  /** Somebody has accepted that it fails. */
  suppressed: boolean;
}

export interface ComplianceReport {
  standing: FrameworkStanding;
  /** Of the checks of the framework: what is true where it passes. */
  titles: ReadonlyMap<string, string>;
  /** Some resources of each check that fails anywhere; its counts tell how many there are. */
  failing: ReadonlyMap<string, readonly FailingResource[]>;
  /** What accounts are called. */
  names: ReadonlyMap<string, string>;
  organizationId: string;
  /** ISO 8601 in UTC. */
  writtenAt: string;
}

/** How a framework stands, for people who have no access. */
export function complianceHtml(report: ComplianceReport): string {
  const { standing, organizationId, writtenAt } = report;
  const title = `${standing.name} ${standing.version}`;
  return reportPage({
    kind: 'Compliance report',
    title,
    windowTitle: `${title}: compliance report`,
    lead: html`<p class="muted">
        ${standing.publisher === '' ? null : html`Published by ${standing.publisher}. `}Organisation
        ${organizationId}, as of ${minuteText(writtenAt)}.
      </p>
      ${standing.note === null ? null : html`<p class="note">${standing.note}</p>`}`,
    body: [
      summary(standing),
      accountsTable(report),
      requirementsOf(report),
      failuresOf(report),
      explanation(),
    ],
    styles,
  });
}

function summary({ score, requirements }: FrameworkStanding): Markup {
  const changes = changesText(requirements);
  return html`<section aria-labelledby="summary">
    <h2 id="summary">Summary</h2>
    <p class="score">
      <strong>${percentText(score)}</strong> of the requirements that checks can judge, and that apply, pass.
    </p>
    ${bar(score)}
    <ul class="counts">
      ${STATES.map((state) => html`<li>${badge(state)} <strong>${countOf(score, state)}</strong></li>`)}
    </ul>
    <p>
      ${coverageText(score)}${score.accepted === 0 ? null : html` ${score.accepted} of those that pass do so because failures were accepted.`}
    </p>
    ${changes === null ? null : html`<p>${changes}</p>`}
  </section>`;
}

const STATES: readonly RequirementState[] = ['fail', 'unknown', 'pass', 'not-applicable', 'manual'];

function countOf(score: ComplianceScore, state: RequirementState): number {
  return state === 'not-applicable' ? score.notApplicable : score[state];
}

function bar(score: ComplianceScore): Markup {
  return shareBar(STATES.map((state) => [state, countOf(score, state)]));
}

function accountsTable({ standing: { accounts }, names }: ComplianceReport): Markup {
  if (accounts.length === 0) {
    return html`<section>
      <h2>Accounts</h2>
      <p>No account has been scanned yet: what checks could judge is unknown.</p>
    </section>`;
  }
  return html`<section aria-labelledby="accounts">
    <h2 id="accounts">Accounts</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">Score</th>
          <th scope="col">Pass</th>
          <th scope="col">Fail</th>
          <th scope="col">Unknown</th>
          <th scope="col">Not applicable</th>
        </tr>
      </thead>
      <tbody>
        ${accounts.map(
          ({ accountId, score }) =>
            html`<tr>
              <th scope="row">${accountText(names, accountId)}</th>
              <td>${percentText(score)}</td>
              <td>${score.pass}</td>
              <td>${score.fail}</td>
              <td>${score.unknown}</td>
              <td>${score.notApplicable}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function requirementsOf(report: ComplianceReport): Markup {
  const { requirements } = report.standing;
  const sections = [...new Set(requirements.map(({ section }) => section))];
  return html`<section aria-labelledby="requirements">
    <h2 id="requirements">Requirements</h2>
    ${sections.map(
      (section) =>
        html`<h3>${section}</h3>
          ${requirements.filter((one) => one.section === section).map((one) => requirementOf(one, report))}`,
    )}
  </section>`;
}

function requirementOf(requirement: StandingRequirement, report: ComplianceReport): Markup {
  const { id, title, remark, state, mapping, accepted, checks, states, failingSince, change } = requirement;
  const accounts = Object.entries(states).filter(([, of]) => of === 'fail' || of === 'unknown');
  const several = report.standing.accounts.length > 1;
  return html`<article class="requirement ${state}">
    <h4>
      <span class="id">${id}</span> ${title}
      ${badge(state)}${mapping === 'own' ? html` <span class="own">own mapping only</span>` : null}${accepted ? html` <span class="own">with accepted failures</span>` : null}${change === null ? null : html` <span class="${change}">${change} than before</span>`}
    </h4>
    ${remark === null ? null : html`<p class="muted">${remark}</p>`}
    ${failingSince === null ? null : html`<p class="muted">Failing since ${failingSince.slice(0, 10)}</p>`}
    ${several && accounts.length > 0 ? html`<p class="muted">${listed(accounts.map(([accountId, of]) => html`${accountText(report.names, accountId)}: ${STATE_NAMES[of]}`))}</p>` : null}
    ${checks.length === 0 ? html`<p class="muted">No check can tell: to be shown by other means.</p>` : checksOf(requirement, report)}
  </article>`;
}

/** What needs attention as a table, everything else in a few lines: a requirement may rest on hundreds of checks. */
function checksOf({ checks, mapping }: StandingRequirement, { titles }: ComplianceReport): Markup {
  const needs = checks.filter(({ fail, unknown, suppressed }) => fail + unknown + suppressed > 0);
  const others = checks.filter((check) => !needs.includes(check));
  const title = ({ checkId }: CheckResult): string => titles.get(checkId) ?? checkId;
  const line = (name: string, some: readonly CheckResult[]): Markup | null =>
    some.length === 0
      ? null
      : html`<p>
          <b>${name}</b>
          ${listed(some.map((check) => html`${title(check)}${check.pass > 0 ? ` (${check.pass})` : ''}${check.mapping !== mapping ? html` <span class="own">own</span>` : null}`))}
        </p>`;
  const table = html`<table>
    <thead>
      <tr>
        <th scope="col">Check</th>
        <th scope="col">Fail</th>
        <th scope="col">Unknown</th>
        <th scope="col">Accepted</th>
        <th scope="col">Pass</th>
        <th scope="col">Mapping</th>
      </tr>
    </thead>
    <tbody>
      ${needs
        .toSorted((one, other) => other.fail - one.fail)
        .map(
          (check) =>
            html`<tr>
              <th scope="row">
                ${check.fail + check.suppressed > 0 ? html`<a href="#check-${check.checkId}">${title(check)}</a>` : title(check)}
              </th>
              <td>${check.fail}</td>
              <td>${check.unknown}</td>
              <td>${check.suppressed}</td>
              <td>${check.pass}</td>
              <td>${check.mapping}</td>
            </tr>`,
        )}
    </tbody>
  </table>`;
  return html`${needs.length === 0 ? null : table}${line(
    'Pass:',
    others.filter(({ pass }) => pass > 0),
  )}${line(
    'Nothing to judge:',
    others.filter(({ asked, pass }) => asked && pass === 0),
  )}${line(
    'Asked by no scan:',
    others.filter(({ asked }) => !asked),
  )}`;
}

function listed(parts: readonly Markup[]): Markup {
  return html`${parts.map((part, index) => html`${index === 0 ? '' : ', '}${part}`)}`;
}

/** Every check that fails, once, with the resources that it fails on. */
function failuresOf({ standing, titles, failing, names }: ComplianceReport): Markup | null {
  const checks = new Map(
    standing.requirements
      .flatMap((requirement) => requirement.checks)
      .filter(({ fail, suppressed }) => fail + suppressed > 0)
      .map((check) => [check.checkId, check]),
  );
  if (checks.size === 0) return null;
  return html`<section aria-labelledby="failures">
    <h2 id="failures">What fails</h2>
    ${[...checks.values()].map(({ checkId, fail, suppressed }) => {
      const resources = failing.get(checkId) ?? [];
      const more = fail + suppressed - resources.length;
      return html`<article class="failure" id="check-${checkId}">
        <h4>
          ${titles.get(checkId) ?? checkId}:
          <span class="count"
            >${fail} of its resources fail${suppressed > 0 ? `, ${suppressed} accepted` : ''}</span
          >
        </h4>
        <p><code>${checkId}</code></p>
        <ul class="resources">
          ${resources.map(
            ({ accountId, region, resourceId, suppressed: accepted }) =>
              html`<li>
                <code>${resourceId}</code>
                <span class="muted"
                  >${accountText(names, accountId)}${region === null ? '' : `, ${region}`}${accepted ? ', accepted' : ''}</span
                >
              </li>`,
          )}${more > 0 ? html`<li class="muted">and ${more} more</li>` : null}
        </ul>
      </article>`;
    })}
  </section>`;
}

function badge(state: RequirementState): Markup {
  return html`<span class="badge ${state}">${STATE_NAMES[state]}</span>`;
}

function explanation(): Markup {
  return html`<section aria-labelledby="reading">
    <h2 id="reading">How to read this</h2>
    <p>
      A requirement <b>fails</b> where any of its checks fails on any resource. It is <b>unknown</b> where a
      check could not see what it needs, or no scan has asked any. It <b>passes</b> where its checks have
      found resources and none fails; failures that somebody has accepted are counted apart. It is
      <b>not applicable</b> where there is no resource that it concerns, and <b>manual</b> where no check can
      tell.
    </p>
    <p>
      That the checks of a requirement pass is not proof that all of it is met: checks look at configuration,
      and at what the scan was allowed to see.
    </p>
    <p>
      The mapping of a check to a requirement is <b>published</b> where somebody has published it, and
      <b>own</b> where it is a proposal that a person still has to review. Titles are shortened: the
      publisher's text is what counts.
    </p>
  </section>`;
}

const styles = html`
  .note{border-left:3px solid var(--line);padding-left:.75rem;margin-top:.75rem} .count{font-weight:400}
  .requirement,.failure{border-top:1px solid var(--line);padding:.75rem 0}
  .id{font-variant-numeric:tabular-nums;margin-right:.25rem}
  .badge.fail{color:#b42318}.badge.unknown{color:#8a5a00}.badge.pass{color:#1b6e3c}.badge.manual,.badge.not-applicable{color:#52606d}
  .fill-fail{fill:#b42318}.fill-unknown{fill:#d69e2e}.fill-pass{fill:#2f855a}.fill-not-applicable{fill:#b8c2cc}.fill-manual{fill:#e1e7ec}
  .worse,.better{font-size:.75rem;font-weight:600} .worse{color:#b42318} .better{color:#1b6e3c}
  .own{color:#6b4fa0;font-size:.75rem;font-weight:600} .resources{margin:.25rem 0;padding-left:1rem} @media
  print{.failure{break-inside:avoid}}
`;
