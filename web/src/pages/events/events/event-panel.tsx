import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { EventWithDetails, HistoryEntry, Suppression } from '../../../../../src/api/schemas/events.ts';
import { consoleLink } from '../../../../../src/text/console-link.ts';
import { printable } from '../../../../../src/text/printable.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { LevelBadge, StatusBadge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Fact, Facts } from '../../../components/page.tsx';
import { SourceName, useSeveralSources } from '../../../components/sources.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { Id, Plain, RichText, WebLink } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { titleCase } from '../../../lib/format.ts';
import { rowLinkId } from './event-list.tsx';
import { eventQuery } from './queries.ts';
import { SuppressDialog } from './suppress-dialog.tsx';
import { UnsuppressDialog } from './unsuppress-dialog.tsx';
import './event-panel.css';

/** One event beside the list, which stays usable. Opening takes the focus, closing gives it back to the row. */
export function EventPanel({ id, onClose }: { id: number; onClose: () => void }) {
  const query = useQuery(eventQuery(id));
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.focus();
    return () => (document.getElementById(rowLinkId(id)) ?? document.getElementById('main'))?.focus();
  }, [id]);
  useEffect(() => closeOnEscape(panel.current, onClose), [onClose]);
  return (
    <aside ref={panel} className="panel" aria-label={`Event ${id}`} tabIndex={-1}>
      <header className="panel-header">
        <span className="muted">Event {id}</span>
        <CopyButton text={globalThis.location.href} what="Link" label="Copy link" />
        <Button look="quiet" aria-label="Close the panel" onClick={onClose}>
          ✕
        </Button>
      </header>
      <QueryView query={query} skeleton={<Skeleton rows={12} />}>
        {(event) => <EventDetails event={event} />}
      </QueryView>
    </aside>
  );
}

/** Escape closes the panel from anywhere in it, except from a dialog, which it closes first. */
function closeOnEscape(panel: HTMLElement | null, close: () => void): () => void {
  const onKey = ({ key, target }: KeyboardEvent): void => {
    const inDialog = target instanceof Element && target.closest('dialog') !== null;
    if (key === 'Escape' && !inDialog) close();
  };
  panel?.addEventListener('keydown', onKey);
  return () => panel?.removeEventListener('keydown', onKey);
}

function EventDetails({ event }: { event: EventWithDetails }) {
  const { finding, suppression } = event;
  return (
    <div className="panel-body">
      <h2>{finding === null ? <Plain>{event.checkId}</Plain> : <Plain>{finding.title}</Plain>}</h2>
      <p className="badges">
        <LevelBadge level={event.level} />
        <StatusBadge status={event.status} />
        {event.details['unconfirmed'] === true && <span className="muted">unconfirmed</span>}
      </p>
      <SuppressAction event={event} />
      {suppression !== null && <SuppressionNote suppression={suppression} />}
      <Part title="Resource">
        <ResourceFacts event={event} />
      </Part>
      {finding?.rationale != null && (
        <Part title="Why it matters">
          <RichText>{finding.rationale}</RichText>
        </Part>
      )}
      {finding?.remediation != null && (
        <Part title="What to do">
          <RichText>{finding.remediation}</RichText>
        </Part>
      )}
      {finding !== null && finding.references.length > 0 && (
        <Part title="References">
          <ul>
            {finding.references.map((address) => (
              <li key={address}>
                <WebLink address={address} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="Evidence">
        <Evidence event={event} />
      </Part>
      <Part title="History">
        <History entries={event.history} />
      </Part>
    </div>
  );
}

function ResourceFacts({ event }: { event: EventWithDetails }) {
  const inConsole = consoleLink(event.details['resourceArn'] ?? event.resourceId);
  return (
    <Facts>
      <Fact name="Name">
        <Plain>{event.resourceName ?? '–'}</Plain>
      </Fact>
      <Fact name="Id">
        <Id>{event.resourceId}</Id>
      </Fact>
      <Fact name="Type">
        <Plain>{`${event.service} · ${event.resourceType}`}</Plain>
      </Fact>
      <Fact name="Account">
        <AccountName accountId={event.accountId} />
      </Fact>
      <Fact name="Region">
        <Plain>{event.region ?? 'global'}</Plain>
      </Fact>
      <Fact name="First seen">
        <Time at={event.firstSeen} exact />
      </Fact>
      <Fact name="Last seen">
        <Time at={event.lastSeen} exact />
      </Fact>
      {event.dueAt !== null && (
        <Fact name="Due">
          <Time at={event.dueAt} exact />
        </Fact>
      )}
      {event.timesReopened > 0 && <Fact name="Reopened">{event.timesReopened} ×</Fact>}
      {inConsole !== null && (
        <Fact name="At AWS">
          <WebLink address={inConsole}>Open in the console</WebLink>
        </Fact>
      )}
      <Fact name="Same resource">
        <Link to="/resources/$accountId/$" params={{ accountId: event.accountId, _splat: event.resourceId }}>
          All its events
        </Link>
      </Fact>
      <Fact name="Same check">
        <Link
          to="/checks/$source/$service/$checkId"
          params={{ source: event.source, service: event.service, checkId: event.checkId }}
        >
          Where else it fails
        </Link>
      </Fact>
    </Facts>
  );
}

function Evidence({ event: { source, checkId, itemPath, details } }: { event: EventWithDetails }) {
  const severalSources = useSeveralSources();
  return (
    <Facts>
      {severalSources && (
        <Fact name="Source">
          <SourceName id={source} />
        </Fact>
      )}
      <Fact name="Check">
        <Id>{checkId}</Id>
      </Fact>
      <Fact name="Item">
        <Id>{itemPath}</Id>
      </Fact>
      {Object.entries(details).map(([name, value]) => (
        <Fact key={name} name={printable(name)}>
          <Id>{valueText(value)}</Id>
        </Fact>
      ))}
    </Facts>
  );
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function SuppressAction({ event: { id, status } }: { event: EventWithDetails }) {
  const [open, setOpen] = useState(false);
  const permission = useDisabledReason('suppress');
  const close = (): void => setOpen(false);
  const dialog = { targets: { ids: [id] }, what: 'This event', onDone: close, onClose: close };
  const suppressed = status === 'suppressed';
  const resolved = status === 'resolved' ? 'It is resolved: there is nothing to suppress.' : null;
  return (
    <>
      <Button disabledReason={permission ?? resolved} onClick={() => setOpen(true)}>
        {suppressed ? 'End suppression…' : 'Suppress…'}
      </Button>
      {open && (suppressed ? <UnsuppressDialog {...dialog} /> : <SuppressDialog {...dialog} />)}
    </>
  );
}

function SuppressionNote({ suppression }: { suppression: Suppression }) {
  return (
    <div className="note" data-tone="neutral">
      <p>
        <strong>
          Suppressed <Time at={suppression.createdAt} /> by <Plain>{suppression.createdBy}</Plain>:
        </strong>{' '}
        <Plain>{suppression.reason}</Plain>
      </p>
      <p className="muted">
        {suppression.owner !== null && (
          <>
            Owner <Plain>{suppression.owner}</Plain>;{' '}
          </>
        )}
        {suppression.expiresAt === null ? (
          'until somebody ends it'
        ) : (
          <>
            until <Time at={suppression.expiresAt} exact />
          </>
        )}
        .
      </p>
    </div>
  );
}

function History({ entries }: { entries: readonly HistoryEntry[] }) {
  return (
    <ol className="history">
      {entries.map(({ at, kind, scanId, by, reason }, index) => (
        <li key={index} data-kind={kind}>
          <strong>{titleCase(kind)}</strong> <Time at={at} exact />
          {scanId !== null && (
            <>
              {' '}
              <Link to="/scans/$scanId" params={{ scanId: String(scanId) }}>
                scan {scanId}
              </Link>
            </>
          )}
          {by !== null && (
            <>
              {' '}
              by <Plain>{by}</Plain>
            </>
          )}
          {reason !== null && (
            <>
              : <Plain>{reason}</Plain>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
