import type { ScanWithScope } from '../../../../../src/api/schemas/scans.ts';
import { Id, Plain } from '../../../components/text.tsx';
import { numberText, plural, titleCase } from '../../../lib/format.ts';
import './not-evaluated.css';

/** What the scan says nothing about: events that were left as they were, checks that did not run, its warnings. */
export function NotEvaluated({ scan }: { scan: ScanWithScope }) {
  const reasons = Object.entries(scan.unverifiedReasons);
  const { unevaluatedChecks } = scan.scope;
  if (reasons.length === 0 && unevaluatedChecks.length === 0 && scan.warnings.length === 0) {
    return <p>Everything it was asked for was evaluated.</p>;
  }
  return (
    <div className="not-evaluated">
      {reasons.length > 0 && (
        <>
          <p>Events that it did not bring, and that stay as they are, because:</p>
          <ul>
            {reasons.map(([reason, count]) => (
              <li key={reason}>
                {titleCase(reason)}: {numberText(count)}
              </li>
            ))}
          </ul>
        </>
      )}
      {scan.warnings.length > 0 && (
        <ul>
          {scan.warnings.map((warning) => (
            <li key={warning}>
              <Plain>{warning}</Plain>
            </li>
          ))}
        </ul>
      )}
      {unevaluatedChecks.length > 0 && (
        <details>
          <summary>{plural(unevaluatedChecks.length, 'check')} that did not run</summary>
          <ul>
            {unevaluatedChecks.map(({ service, checkId }) => (
              <li key={`${service} ${checkId}`}>
                <Plain>{service}</Plain> <Id>{checkId}</Id>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
