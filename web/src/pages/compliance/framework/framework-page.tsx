import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { FrameworkStanding } from '../../../../../src/api/schemas/compliance.ts';
import { printable } from '../../../../../src/text/printable.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { Page, Section } from '../../../components/page.tsx';
import { percentText, ScoreBar, scoreText } from '../../../components/score-bar.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { Plain } from '../../../components/text.tsx';
import { frameworkQuery, reportAddress, scoreHistoryQuery } from './queries.ts';
import { Requirements } from './requirements.tsx';
import { ScoreChart } from './score-chart.tsx';
import './framework-page.css';

const route = getRouteApi('/app/compliance/$framework');

/** One framework: how it stands, how that has changed, and each requirement with its checks. */
export function FrameworkPage() {
  const { framework } = route.useParams();
  const account = useScopedAccounts();
  const query = useQuery(frameworkQuery(framework, account));
  const { data } = query;
  return (
    <Page
      title={data === undefined ? printable(framework) : printable(`${data.name} ${data.version}`)}
      lead={<Plain>{data?.publisher ?? ''}</Plain>}
      actions={
        <a className="button" href={reportAddress(framework, account)} download>
          Report to print
        </a>
      }
    >
      <QueryView query={query} skeleton={<Skeleton rows={16} />}>
        {(standing) => <Standing standing={standing} account={account} />}
      </QueryView>
    </Page>
  );
}

function Standing({ standing, account }: { standing: FrameworkStanding; account: string[] | undefined }) {
  const { note, score, accounts } = standing;
  const { total, manual, accepted } = score;
  return (
    <>
      {note !== null && (
        <p className="framework-note">
          <Plain>{note}</Plain>
        </p>
      )}
      <div className="framework-score">
        <p className="framework-percent">{percentText(score)}</p>
        <div>
          <ScoreBar score={score} />
          <p>{scoreText(score)}</p>
          <p className="muted">
            Checks bear on {total - manual} of {total} requirements; the others are to be shown by other
            means.
            {accepted > 0 && ` ${accepted} pass only because failures were accepted.`}
          </p>
        </div>
      </div>
      {(account?.length ?? 0) < 2 && <Trend framework={standing.framework} account={account?.[0]} />}
      <Section title="Requirements">
        <Requirements standing={standing} several={accounts.length > 1} />
      </Section>
    </>
  );
}

function Trend({ framework, account }: { framework: string; account: string | undefined }) {
  const { data } = useQuery(scoreHistoryQuery(framework, account));
  const points = data?.points ?? [];
  if (points.length < 2) return null;
  return (
    <Section title="Share that passes, by day">
      <ScoreChart points={points} />
    </Section>
  );
}
