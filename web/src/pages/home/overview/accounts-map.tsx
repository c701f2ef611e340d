import { Link } from '@tanstack/react-router';
import type { Summary } from '../../../../../src/api/schemas/summary.ts';
import { printable } from '../../../../../src/text/printable.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { LevelShape } from '../../../components/badge.tsx';
import { Empty } from '../../../components/states.tsx';
import { Plain } from '../../../components/text.tsx';
import { numberText, plural } from '../../../lib/format.ts';
import './accounts-map.css';

type Map = Summary['accountsByService'];
type Standing = Map['accounts'][number]['services'][number];

/** The worst accounts against the worst services: the worst level in each, hatched where it is not known. */
export function AccountsMap({ map: { services, accounts } }: { map: Map }) {
  if (services.length === 0) return <Empty title="No account has active events" />;
  return (
    <section className="table-scroll map" aria-label="Accounts by service" tabIndex={0}>
      <table>
        <caption className="visually-hidden">Worst level of each account by service</caption>
        <thead>
          <tr>
            <th scope="col">Account</th>
            {services.map((service) => (
              <th key={service} scope="col">
                <Plain>{service}</Plain>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {accounts.map(({ accountId, profile, services: standings }) => (
            <tr key={accountId}>
              <th scope="row">
                <AccountName accountId={accountId} name={profile} short />
              </th>
              {standings.map((standing, index) => (
                <Cell
                  key={services[index]}
                  account={accountId}
                  service={services[index] ?? ''}
                  standing={standing}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({
  account,
  service,
  standing: { level, events, evaluated },
}: {
  account: string;
  service: string;
  standing: Standing;
}) {
  const unknown = evaluated ? '' : '; not known in full: the last scan did not see all of it';
  if (level === null) {
    return (
      <td
        data-unknown={!evaluated || undefined}
        title={evaluated ? 'Nothing active' : `Nothing active${unknown}`}
      >
        <span aria-hidden="true">{evaluated ? '·' : '?'}</span>
        <span className="visually-hidden">{evaluated ? 'nothing active' : 'not known'}</span>
      </td>
    );
  }
  const text = `${plural(events, 'active event')} in ${printable(service)}, at worst ${level}${unknown}`;
  return (
    <td data-level={level} data-label={printable(service)} data-unknown={!evaluated || undefined}>
      <Link
        to="/events"
        search={{ scope: [account], service: [service], status: ['active'], sort: '-level' }}
        aria-label={text}
        title={text}
      >
        <LevelShape level={level} />
        {numberText(events)}
      </Link>
    </td>
  );
}
