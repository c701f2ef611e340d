import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';

// oxlint-disable-next-line typescript/no-explicit-any
export type Payload = Record<string, any>;

export const VIEW360_FIXTURES = join(packageRoot(), 'test', 'fixtures', 'view360');
const EXAMPLE = readFileSync(join(VIEW360_FIXTURES, 'version-3.json'), 'utf8');
const EXAMPLE_ACCOUNT = '012345678901';
const DAY_MS = 86_400_000;

/** The example as another account would have sent it of another day, at 02:00 of the next. */
export function payloadOf(
  accountId: string,
  day: string,
  change: (payload: Payload) => void = () => undefined,
): Payload {
  const end = new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
  const made = JSON.parse(EXAMPLE.replaceAll(EXAMPLE_ACCOUNT, accountId)) as Payload;
  made['cost'].anomalies[0].anomaly_id = `anomaly-of-${accountId}`;
  for (const forecast of made['cost'].forecast) forecast.made_on = end;
  const period = { start: day, end };
  Object.assign(made['meta'], { period, period_end: day, generated_at: `${end}T02:00:00.000Z` });
  made['cost'].period = { ...period, granularity: 'DAILY' };
  Object.assign(made['config'], { date_from: day, date_to: day });
  for (const row of made['service']) Object.assign(row, { date_from: day, date_to: end });
  change(made);
  return made;
}

/** Where a sender would put it, below a folder. */
export function writePayload(folder: string, payload: Payload): string {
  const { account_id: account, region, period_end: day, interval } = payload['meta'];
  const file = join(folder, 'data', account, region, `${day}_${interval}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(payload));
  return file;
}

export const [PRODUCTION, STAGING, HOSTILE] = ['111111111111', '222222222222', '333333333333'] as const;
const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
const LONG = 'x'.repeat(120);
export const MARKUP = '<img src=x onerror=alert(1)>';

/** An account that let itself be asked for little, and answered less. */
function inPart(payload: Payload): void {
  payload['account'].account_name = 'staging';
  for (const section of ['support_tickets', 'trusted_advisor', 'health', 'config']) delete payload[section];
  const { sections } = payload['meta'];
  sections.support_tickets = { status: 'NotEnabled', complete: false };
  sections.health = { status: 'NotEnabled', complete: false };
  sections.config = { status: 'Fail', complete: false };
  sections.cost.status = 'Partial';
  Object.assign(payload['logs'], {
    support_tickets_status: 'NotEnabled',
    health_status: 'NotEnabled',
    trusted_advisor_status: 'NotRun',
    config_status: 'Fail',
    cost_status: 'Partial',
  });
  Object.assign(payload['cost'], { currency: 'EUR', previous_period_cost: null, forecast: [] });
}

/** One whose names are an attack. */
function hostile(payload: Payload): void {
  payload['account'].account_name = `${MARKUP}\u202Egnp.exe`;
  payload['account'].customer_name = `=HYPERLINK("http://evil.example")`;
  payload['account'].partner_name = LONG;
  payload['cost'].currency = 'USD';
  payload['cost'].anomalies[0].dimension_value = `</script>${MARKUP}`;
  payload['security'].iam.users[1].user_name = `\u001B[31m${MARKUP}`;
  payload['config'].rules[0].rule_name = LONG;
  payload['service_resources'][0].state = '"><b>, 100%';
}

/** Twelve days of one account, a part of another, and one whose names are an attack. */
export function examplePayloads(): Payload[] {
  const days = Array.from({ length: 12 }, (_, index) => ago(index + 1));
  return [
    ...days.map((day, index) =>
      payloadOf(PRODUCTION, day, ({ account, cost }) => {
        account.account_name = 'production';
        cost.current_period_cost = String(90 + index * 7);
      }),
    ),
    payloadOf(STAGING, ago(6), inPart),
    payloadOf(HOSTILE, ago(1), hostile),
  ];
}
