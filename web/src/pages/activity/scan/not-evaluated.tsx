import type { ScanWithScope, UnseenPlace } from '../../../../../src/api/schemas/scans.ts';
import { Id, Plain } from '../../../components/text.tsx';
import { numberText, plural, titleCase } from '../../../lib/format.ts';
import './not-evaluated.css';

/** More are not read by anybody; the API has them all. */
const MAX_PLACES = 200;

/** What the scan says nothing about: events that were left as they were, places it could not see, its warnings. */
export function NotEvaluated({ scan }: { scan: ScanWithScope }) {
  const reasons = Object.entries(scan.unverifiedReasons);
  const { unseen } = scan.scope;
  if (reasons.length === 0 && unseen.length === 0 && scan.warnings.length === 0) {
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
      {unseen.length > 0 && (
        <details>
          <summary>{plural(unseen.length, 'place')} that it could not see</summary>
          <ul>
            {unseen.slice(0, MAX_PLACES).map((place) => (
              <li key={JSON.stringify(place)}>
                <Id>{placeText(place)}</Id>: {place.reason}
                {place.detail !== undefined && (
                  <>
                    {' '}
                    (<Plain>{place.detail}</Plain>)
                  </>
                )}
              </li>
            ))}
            {unseen.length > MAX_PLACES && <li>and {numberText(unseen.length - MAX_PLACES)} more</li>}
          </ul>
        </details>
      )}
    </div>
  );
}

/** `ec2 · eu-west-1 · instance`, from the wide to the narrow. */
function placeText(place: UnseenPlace): string {
  const { service, region, resourceType, checkId, resourceId, resourcePrefix } = place;
  const parts = [region, resourceType, checkId, resourceId, resourcePrefix && `${resourcePrefix}…`];
  return [service ?? 'every service', ...parts.filter((part) => part !== undefined)].join(' · ');
}
