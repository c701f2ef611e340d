import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FrameworkList } from '../../../../../src/api/schemas/compliance.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { Page } from '../../../components/page.tsx';
import { percentText, ScoreBar, scoreText } from '../../../components/score-bar.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { Plain } from '../../../components/text.tsx';
import { plural } from '../../../lib/format.ts';
import { ComplianceTabs } from '../shared/compliance-tabs.tsx';
import { frameworksQuery } from '../shared/queries.ts';
import './frameworks-page.css';

type Framework = FrameworkList['frameworks'][number];
/** More columns are read by nobody: the worst are shown, and the scope chooses others. */
const MOST_ACCOUNTS = 8;

/** Frameworks against accounts: where each stands, at a glance. */
export function FrameworksPage() {
  const query = useQuery(frameworksQuery(useScopedAccounts()));
  return (
    <Page
      title="Compliance"
      lead="How many of the requirements that checks can judge, and that apply, pass. What is unknown does not pass."
    >
      <ComplianceTabs />
      <QueryView query={query} skeleton={<Skeleton rows={14} />}>
        {({ frameworks }) => <Frameworks frameworks={frameworks} />}
      </QueryView>
    </Page>
  );
}

function Frameworks({ frameworks }: { frameworks: readonly Framework[] }) {
  const accounts = worstAccounts(frameworks);
  const all = frameworks[0]?.accounts.length ?? 0;
  return (
    <>
      {all === 0 && <NothingScanned />}
      <section className="table-scroll" aria-label="Frameworks by account" tabIndex={0}>
        <table className="frameworks">
          <caption className="visually-hidden">
            Share of requirements that pass, by framework and account
          </caption>
          <thead>
            <tr>
              <th scope="col">Framework</th>
              <th scope="col" className="all-accounts">
                {all === 1 ? 'Requirements' : 'All accounts'}
              </th>
              {accounts.map(({ accountId, accountName }) => (
                <th key={accountId} scope="col" data-end>
                  <AccountName accountId={accountId} name={accountName} short />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {frameworks.map((framework) => (
              <FrameworkRow key={framework.framework} framework={framework} accounts={accounts} />
            ))}
          </tbody>
        </table>
      </section>
      {all > accounts.length && (
        <p className="muted">
          The {MOST_ACCOUNTS} worst of {plural(all, 'account')}: the scope chooses others.
        </p>
      )}
    </>
  );
}

function FrameworkRow({
  framework: { framework, name, version, score, accounts: scores },
  accounts,
}: {
  framework: Framework;
  accounts: Framework['accounts'];
}) {
  return (
    <tr>
      <th scope="row">
        <Link to="/compliance/$framework" params={{ framework }} className="row-link">
          <Plain>{name}</Plain>
        </Link>{' '}
        <span className="muted">
          <Plain>{version}</Plain>
        </span>
      </th>
      <td className="all-accounts">
        <span className="score-line">
          <strong>{percentText(score)}</strong> <span className="muted">{scoreText(score)}</span>
        </span>
        <ScoreBar score={score} />
      </td>
      {accounts.map(({ accountId }) => {
        const own = scores.find((one) => one.accountId === accountId)?.score;
        return (
          <td key={accountId} data-end title={own === undefined ? undefined : scoreText(own)}>
            {own === undefined ? (
              '–'
            ) : (
              <Link to="/compliance/$framework" params={{ framework }} search={{ scope: [accountId] }}>
                {percentText(own)}
              </Link>
            )}
          </td>
        );
      })}
    </tr>
  );
}

function NothingScanned() {
  return (
    <Empty title="No account has been scanned by checks yet">
      <p>
        <Link to="/runs" search={{ dialog: 'start' }}>
          Start a run
        </Link>{' '}
        with the source Checks, or <code>vedette scan run --source checks</code>.
      </p>
    </Empty>
  );
}

/** Those whose requirements fail most often over all frameworks. */
function worstAccounts(frameworks: readonly Framework[]): Framework['accounts'] {
  const fails = (accountId: string): number =>
    frameworks.reduce(
      (sum, { accounts }) => sum + (accounts.find((one) => one.accountId === accountId)?.score.fail ?? 0),
      0,
    );
  return (frameworks[0]?.accounts ?? [])
    .map((account) => ({ account, fails: fails(account.accountId) }))
    .toSorted((one, other) => other.fails - one.fails)
    .slice(0, MOST_ACCOUNTS)
    .map(({ account }) => account);
}
