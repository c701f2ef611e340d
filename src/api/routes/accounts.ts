import { accountOverviews, knownOfAccounts } from '../../accounts/overview.ts';
import { listTargets } from '../../accounts/targets.ts';
import { plannedScans } from '../../client/planned-scans.ts';
import type { Api, App } from '../api.ts';
import { callerIn, placeOf } from '../authentication.ts';
import { operation } from '../operation.ts';
import { accountList } from '../schemas/accounts.ts';

const listing = operation({
  id: 'listAccounts',
  tag: 'Accounts',
  access: 'look',
  summary: 'What can be scanned and every account that was, with how much of it is known',
  answers: { 200: accountList },
});

export function accountRoutes(app: App, api: Api): void {
  const { config, store } = api;
  app.get('/accounts', listing, async (request) => {
    const caller = callerIn(request);
    const { organizationId } = caller;
    const [targets, planned, known] = await Promise.all([
      listTargets(organizationId, { config, store }),
      plannedScans(placeOf(api, caller)),
      knownOfAccounts(await store(), organizationId),
    ]);
    return { accounts: accountOverviews({ targets, planned, ...known }, new Date()) };
  });
}
