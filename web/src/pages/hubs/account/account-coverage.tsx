import { Link } from '@tanstack/react-router';
import type { Account, AccountSource } from '../../../../../src/api/schemas/accounts.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { Section } from '../../../components/page.tsx';
import { SourceName } from '../../../components/sources.tsx';
import { Id, Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';

/** What each source has looked at, and what it left out. */
export function AccountCoverage({ account: { sources } }: { account: Account }) {
  return sources.map((source) => <SourceCoverage key={source.source} source={source} />);
}

function SourceCoverage({ source }: { source: AccountSource }) {
  const { lastScan, servicesWithErrors, unevaluatedChecks, health } = source;
  return (
    <Section title={<SourceName id={source.source} />} actions={<StatusBadge status={health} />}>
      {lastScan === null ? (
        <p>It has not scanned this account yet.</p>
      ) : (
        <>
          <p>
            Last looked <Time at={lastScan.scanTime} />:{' '}
            <Link to="/scans/$scanId" params={{ scanId: String(lastScan.scanId) }}>
              what scan {lastScan.scanId} saw and did not see
            </Link>
            .
          </p>
          {servicesWithErrors.length > 0 && (
            <p>
              Errors in <Plain>{servicesWithErrors.join(', ')}</Plain>: events there stay as they were.
            </p>
          )}
          {unevaluatedChecks.length > 0 && (
            <details>
              <summary>Checks that were evaluated nowhere: {unevaluatedChecks.length}</summary>
              <ul>
                {unevaluatedChecks.map(({ service, checkId }) => (
                  <li key={`${service}/${checkId}`}>
                    <Id>{checkId}</Id>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </Section>
  );
}
