import { resolveTargets } from '../accounts/select.ts';
import { listTargets } from '../accounts/targets.ts';
import { VedetteError } from '../errors.ts';
import { DEFAULT_ORGANIZATION } from '../model/names.ts';
import type { ScanRunInput, SelectedTarget } from '../model/pipeline.ts';
import { currentSelection } from '../model/recorded.ts';
import type { RecordedSelection } from '../model/recorded.ts';
import { activity } from './context.ts';
import type { Dependencies } from './dependencies.ts';

/** Runs that were begun by an earlier version do not name their sources here. */
type Wanted = Pick<ScanRunInput, 'organizationId' | 'selection'> & Partial<Pick<ScanRunInput, 'sources'>>;

export function targetActivities({ config, store, sources: registry, logger }: Dependencies) {
  return {
    listTargets: activity(
      logger,
      async (recorded: Wanted | RecordedSelection): Promise<readonly SelectedTarget[]> => {
        const { organizationId, selection, sources } = wantedOf(recorded);
        const fitting = (targets: readonly SelectedTarget[]): readonly SelectedTarget[] =>
          sources === undefined ? targets : registry.scannable(sources, targets);
        const names = 'accounts' in selection ? selection.accounts.map(({ name }) => name) : undefined;
        const known = await listTargets(organizationId, { config, store }, names);
        if ('accounts' in selection) return fitting(resolveTargets(known, selection.accounts));
        if (known.length > 0) return fitting(known);
        throw new VedetteError(
          'nothing-to-scan',
          'There is no profile in the AWS configuration, and no account.',
        );
      },
    ),
  };
}

function wantedOf(recorded: Wanted | RecordedSelection): Wanted {
  if ('selection' in recorded) return recorded;
  return { organizationId: DEFAULT_ORGANIZATION, selection: currentSelection(recorded) };
}
