import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiError } from '../../../api/client.ts';
import { scansQuery } from '../../../api/queries.ts';
import { Section } from '../../../components/page.tsx';
import { useSeveralSources, useSourceTitle } from '../../../components/sources.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { Plain } from '../../../components/text.tsx';
import { exactTime } from '../../../lib/format.ts';
import { MailFrame } from './mail-frame.tsx';
import { previewQuery } from './queries.ts';
import './notifications.css';

const route = getRouteApi('/app/settings/notifications');

/** The message that a scan's events would make. */
export function Notifications() {
  const { scan, as = 'html' } = route.useSearch();
  const query = useQuery(previewQuery(scan));
  const none = query.error instanceof ApiError && query.error.problem.status === 404;
  return (
    <Section title="Preview of the message about new events" actions={<ScanChoice scan={scan} />}>
      <div className="segments" role="group" aria-label="Form">
        {(['html', 'text'] as const).map((form) => (
          <Link
            key={form}
            to="/settings/notifications"
            search={{ scan, as: form }}
            activeOptions={{ exact: true }}
            aria-current={form === as ? 'true' : undefined}
          >
            {form === 'html' ? 'HTML' : 'Text'}
          </Link>
        ))}
      </div>
      {none ? (
        <Empty title="No message">
          <p>This scan brought no new event of a level that is notified. Choose another scan above.</p>
        </Empty>
      ) : (
        <QueryView query={query}>
          {({ subject, html, text }) => (
            <>
              <p>
                <span className="muted">Subject:</span> <Plain>{subject}</Plain>
              </p>
              {as === 'html' ? <MailFrame html={html} /> : <pre className="mail-text">{text}</pre>}
            </>
          )}
        </QueryView>
      )}
    </Section>
  );
}

function ScanChoice({ scan }: { scan: number | undefined }) {
  const navigate = route.useNavigate();
  const { data } = useQuery(scansQuery({}));
  const severalSources = useSeveralSources();
  const titleOf = useSourceTitle();
  return (
    <label className="inline-field">
      Scan
      <select
        value={scan ?? ''}
        onChange={({ target: { value } }) =>
          void navigate({
            search: (search) => ({ ...search, scan: value === '' ? undefined : Number(value) }),
          })
        }
      >
        <option value="">The newest</option>
        {data?.scans.map(({ scanId, accountId, source, scanTime }) => (
          <option key={scanId} value={scanId}>
            {scanId}: {accountId}, {exactTime(scanTime)}
            {severalSources && `, ${titleOf(source)}`}
          </option>
        ))}
      </select>
    </label>
  );
}
