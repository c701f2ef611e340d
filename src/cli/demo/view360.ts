import { join } from 'node:path';
import type { TargetAccess } from '../../accounts/access.ts';
import { VedetteError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Config } from '../../settings.ts';
import type { Store } from '../../store/database/store.ts';
import { addDays, dayOf } from '../../view360/periods.ts';
import { loadFile } from '../../view360/receive/load-file.ts';
import { sendPayloads } from '../../view360/send.ts';
import type { SimulatedAccount } from './simulated-account.ts';

/** So many days of cost are shown before the last one. */
const DAYS_BEFORE = 13;

interface Input {
  accounts: readonly SimulatedAccount[];
  endpoints: readonly string[];
  onProgress: (line: string) => void;
  signal: AbortSignal;
  logger: Logger;
}

/** Collects what the accounts are and cost, yesterday whole and of the days before what is of a day, and loads it. Tells how many payloads that were. */
export async function loadFigures(
  store: Store,
  config: Config,
  { accounts, endpoints, ...context }: Input,
): Promise<string> {
  const { organizationId, home } = config.general;
  const yesterday = addDays(dayOf(new Date()), -1);
  const days = Array.from({ length: DAYS_BEFORE }, (_, at) => addDays(yesterday, at - DAYS_BEFORE));
  const periodOfDay = (day: string) => ({ start: day, end: addDays(day, 1) });
  let loaded = 0;
  const loadAccount = async (account: SimulatedAccount, endpoint: string): Promise<void> => {
    const view360 = { ...config.view360, regions: [...account.regions], costRequests: 1000 };
    const request = {
      interval: 'DAILY',
      destination: { kind: 'folder', folder: join(home, 'payloads') },
    } as const;
    for (const { isHistory, periods } of [
      { isHistory: true, periods: days.map(periodOfDay) },
      { isHistory: false, periods: [periodOfDay(yesterday)] },
    ]) {
      const access = accessTo(endpoint);
      const wanted = { ...request, isHistory, periods };
      for await (const { location } of sendPayloads(
        access,
        account.profile,
        wanted,
        { ...config, view360 },
        context,
      )) {
        if (location === null) continue;
        await loadFile(store, { file: location }, { organizationId }, context);
        loaded += 1;
      }
    }
  };
  await Promise.all(accounts.map((account, at) => loadAccount(account, endpoints[at] as string)));
  return `${loaded} payloads (vedette view360 query)`;
}

/** The servers check no signature. */
function accessTo(endpoint: string): TargetAccess {
  return {
    credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'testing' }),
    region: 'us-east-1',
    endpoint,
    environment: async () => ({}),
    profile: null,
    explain: (cause) => new VedetteError('credentials', String(cause)),
  };
}
