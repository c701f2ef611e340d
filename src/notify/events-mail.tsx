import { Heading, Section, Text, render } from '@react-email/components';
import type { CSSProperties, ReactNode } from 'react';
import type { Level } from '../model/level.ts';
import type { CheckView, EventsView, LevelView, ResourceView } from './events-view.ts';
import { LINE, MailFrame, MONOSPACE, MUTED } from './mail-frame.tsx';

const levelColours: Readonly<Record<Level, string>> = {
  critical: '#7b1e3a',
  high: '#b42318',
  medium: '#a15c07',
  low: '#175cd3',
  info: '#52606d',
};

const title: CSSProperties = { fontSize: '20px', lineHeight: '28px', margin: '0 0 4px' };
const lead: CSSProperties = { color: MUTED, fontSize: '14px', lineHeight: '20px', margin: '0 0 16px' };
const facts: CSSProperties = { borderCollapse: 'collapse', fontSize: '13px', lineHeight: '20px' };
const factName: CSSProperties = {
  color: MUTED,
  fontWeight: 'normal',
  padding: '0 20px 0 0',
  textAlign: 'left',
};
const levelTitle: CSSProperties = { fontSize: '16px', lineHeight: '24px', margin: '28px 0 0' };
const checkTitle: CSSProperties = {
  fontSize: '14px',
  fontWeight: 600,
  lineHeight: '20px',
  margin: '16px 0 0',
};
const checkId: CSSProperties = { color: MUTED, fontSize: '12px', lineHeight: '18px', margin: '0 0 6px' };
const more: CSSProperties = { color: MUTED, fontSize: '13px', margin: '12px 0 0' };
const table: CSSProperties = {
  borderCollapse: 'collapse',
  fontSize: '13px',
  lineHeight: '18px',
  width: '100%',
  wordBreak: 'break-word',
};
const code: CSSProperties = { color: MUTED, fontFamily: MONOSPACE, fontSize: '12px' };

const row: CSSProperties = { verticalAlign: 'top' };
const cell: CSSProperties = { borderTop: `1px solid ${LINE}`, padding: '5px 12px 5px 0' };
const markCell: CSSProperties = {
  ...cell,
  color: MUTED,
  fontSize: '12px',
  padding: '5px 0',
  textAlign: 'right',
};

/** The message as HTML for mail clients: styles inline, no image, no script, nothing from elsewhere. */
export async function renderEventsMail(view: EventsView, footer: string): Promise<string> {
  return render(<EventsMail view={view} footer={footer} />);
}

function EventsMail({ view, footer }: { view: EventsView; footer: string }) {
  return (
    <MailFrame preview={view.counts} footer={footer}>
      <Heading as="h1" style={title}>
        Security events in <bdi>{view.account}</bdi>
      </Heading>
      <Text style={lead}>Not told before: {view.counts}.</Text>
      <table style={facts}>
        <tbody>
          {view.facts.map(({ name, value }) => (
            <tr key={name}>
              <th scope="row" style={factName}>
                {name}
              </th>
              <td>
                <bdi>{value}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {view.levels.map((level) => (
        <LevelSection key={level.level} {...level} />
      ))}
    </MailFrame>
  );
}

function LevelSection({ level, total, checks, more: unlisted }: LevelView) {
  return (
    <Section>
      <Heading as="h2" style={levelTitle}>
        <Badge colour={levelColours[level]}>{level.toUpperCase()}</Badge> {total}{' '}
        {total === 1 ? 'event' : 'events'}
      </Heading>
      {checks.map((check) => (
        <Check key={`${check.service} ${check.checkId}`} {...check} />
      ))}
      {unlisted > 0 && <Text style={more}>and {unlisted} more</Text>}
    </Section>
  );
}

function Badge({ colour, children }: { colour: string; children: ReactNode }) {
  const style: CSSProperties = {
    backgroundColor: colour,
    borderRadius: '3px',
    color: '#ffffff',
    fontSize: '12px',
    letterSpacing: '0.4px',
    marginRight: '6px',
    padding: '3px 8px',
    verticalAlign: '1px',
  };
  return <span style={style}>{children}</span>;
}

function Check(check: CheckView) {
  return (
    <>
      <Heading as="h3" style={checkTitle}>
        <bdi>{check.title}</bdi>
      </Heading>
      <Text style={checkId}>
        <bdi>{check.service}</bdi> · <bdi style={code}>{check.checkId}</bdi>
      </Text>
      <table style={table}>
        <tbody>
          {check.resources.map((resource) => (
            <Resource key={resource.eventId} {...resource} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Resource({ name, id, type, region, state, unconfirmed }: ResourceView) {
  return (
    <tr style={row}>
      <td style={cell} width="46%">
        <bdi>{name}</bdi>
        {id !== null && (
          <>
            <br />
            <bdi style={code}>{id}</bdi>
          </>
        )}
      </td>
      <td style={cell} width="20%">
        <bdi>{type}</bdi>
      </td>
      <td style={cell} width="17%">
        <bdi>{region}</bdi>
      </td>
      <td style={markCell} width="17%">
        {unconfirmed ? `${state}, unconfirmed` : state}
      </td>
    </tr>
  );
}
