import { accountOverviews } from '../../accounts/overview.ts';
import { listProfiles } from '../../accounts/profiles.ts';
import { plannedScans } from '../../client/planned-scans.ts';
import { openEventsByAccount } from '../../store/events/summary.ts';
import { newestScans } from '../../store/scans/scan-details.ts';
import type { Api, App } from '../api.ts';
import { callerIn, isOwn, placeOf } from '../authentication.ts';
import { operation } from '../operation.ts';
import { accountList } from '../schemas/accounts.ts';

const listing = operation({
  id: 'listAccounts',
  tag: 'Accounts',
  access: 'read',
  summary: 'The profiles of this installation and every account that was scanned, with their health',
  answers: { 200: accountList },
});

export function accountRoutes(app: App, api: Api): void {
  const { config, store } = api;
  app.get('/accounts', listing, async (request) => {
    const caller = callerIn(request);
    const { organizationId } = caller;
    const [profiles, planned, scans, open] = await Promise.all([
      isOwn(config, caller) ? listProfiles(config) : [],
      plannedScans(placeOf(api, caller)),
      newestScans(await store(), organizationId),
      openEventsByAccount(await store(), organizationId),
    ]);
    return { accounts: accountOverviews({ profiles, planned, scans, open }, new Date()) };
  });
}
