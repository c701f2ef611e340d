import { temporalLink } from '../client/links.ts';
import type { RunDetails } from '../client/run-details.ts';
import { scanOf } from '../client/runs.ts';
import { accountScanId } from '../model/names.ts';
import type { Config } from '../settings.ts';
import { isOwn } from './authentication.ts';
import type { Run } from './schemas/runs.ts';

/** A run as the API shows it, with links to Temporal's UI where that is known. */
export function runOf({ input, live, accounts, ...summary }: RunDetails, config: Config): Run {
  const { temporal } = config;
  // Temporal's UI shows the runs of every organisation.
  const uiUrl = isOwn(config, input) ? temporal.uiUrl : undefined;
  const link = (workflowId: string) => temporalLink(uiUrl, temporal.namespace, workflowId);
  return {
    ...summary,
    sources: input.sources,
    concurrency: input.concurrency,
    services: input.options.services,
    regions: input.options.regions,
    depth: input.options.depth ?? null,
    frameworks: input.options.frameworks ?? [],
    checks: input.options.checks ?? [],
    live: live.map((account) => ({
      ...account,
      temporalUrl:
        account.state === 'waiting' ? null : link(accountScanId(scanOf(input.organizationId, account))),
    })),
    accounts,
    temporalUrl: link(summary.runId),
  };
}
