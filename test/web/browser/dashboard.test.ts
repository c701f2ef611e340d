import { afterAll, beforeAll, describe } from '@jest/globals';
import { startDashboard } from '../../support/dashboard.ts';
import type { Dashboard } from '../../support/dashboard.ts';
import { accessibility } from './accessibility.ts';
import { administration } from './administration.ts';
import { events } from './events.ts';
import { hostileNames } from './hostile-names.ts';
import { keyboard } from './keyboard.ts';
import { permissions } from './permissions.ts';
import { runs } from './runs.ts';
import { signingIn } from './signing-in.ts';
import { sourcesToldApart } from './sources.ts';

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await startDashboard();
}, 90_000);
afterAll(() => dashboard.stop(), 60_000);

const running = (): Dashboard => dashboard;
describe('signing in', () => {
  signingIn(running);
});
describe('runs', () => {
  runs(running);
});
describe('events', () => {
  events(running);
});
describe('schedules, accounts and settings', () => {
  administration(running);
});
describe('sources', () => {
  sourcesToldApart(running);
});
describe('a token that may only read', () => {
  permissions(running);
});
describe('names that an attacker chose', () => {
  hostileNames(running);
});
describe('the keyboard alone', () => {
  keyboard(running);
});
describe('every page, light and dark, wide and narrow', () => {
  accessibility(running);
});
