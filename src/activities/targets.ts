import { resolveTargets } from '../accounts/select.ts';
import { listTargets } from '../accounts/targets.ts';
import { VedetteError } from '../errors.ts';
import { DEFAULT_ORGANIZATION } from '../model/names.ts';
import type { ScanRunInput, SelectedTarget } from '../model/pipeline.ts';
import { currentSelection } from '../model/recorded.ts';
import type { RecordedSelection } from '../model/recorded.ts';
import { activity } from './context.ts';
import type { Dependencies } from './dependencies.ts';

type Wanted = Pick<ScanRunInput, 'organizationId' | 'selection'>;

export function targetActivities({ config, store, logger }: Dependencies) {
  return {
    listTargets: activity(
      logger,
      async (recorded: Wanted | RecordedSelection): Promise<readonly SelectedTarget[]> => {
        const { organizationId, selection } = wantedOf(recorded);
        const names = 'accounts' in selection ? selection.accounts.map(({ name }) => name) : undefined;
        const known = await listTargets(organizationId, { config, store }, names);
        if ('accounts' in selection) return resolveTargets(known, selection.accounts);
        if (known.length > 0) return known;
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
