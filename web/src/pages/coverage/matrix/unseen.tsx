import type { CoverageReport } from '../../../../../src/api/schemas/coverage.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { Plain } from '../../../components/text.tsx';
import { plural } from '../../../lib/format.ts';

/** What could not be read, and may raise the figures. */
export function Unseen({ unknown }: { unknown: CoverageReport['summary']['unknown'] }) {
  const calls = unknown.reduce((sum, { unseen }) => sum + unseen.length, 0);
  if (calls === 0) return null;
  return (
    <details className="unseen">
      <summary>{plural(calls, 'call')} had no answer: what they hide may raise the figures</summary>
      {unknown.map(({ accountId, unseen, servicesUnknown }) => (
        <div key={accountId}>
          <AccountName accountId={accountId} short />
          <ul>
            {unseen.map(({ call, region, reason }) => (
              <li key={`${call} ${region}`}>
                <code>{call}</code> {region !== null && `in ${region}`}: <Plain>{reason}</Plain>
              </li>
            ))}
          </ul>
          {servicesUnknown.length > 0 && <p>Not known whether in use: {servicesUnknown.join(', ')}</p>}
        </div>
      ))}
    </details>
  );
}
