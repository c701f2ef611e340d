import { listProfiles } from '../accounts/profiles.ts';
import { profileTarget, resolveTargets } from '../accounts/select.ts';
import { VedetteError } from '../errors.ts';
import { DEFAULT_ORGANIZATION } from '../model/names.ts';
import type { ScanRunInput, SelectedTarget } from '../model/pipeline.ts';
import { currentSelection } from '../model/recorded.ts';
import type { RecordedSelection } from '../model/recorded.ts';
import { activity } from './context.ts';
import type { Dependencies } from './dependencies.ts';

type Wanted = Pick<ScanRunInput, 'organizationId' | 'selection'>;

export function targetActivities({ config, logger }: Dependencies) {
  return {
    listTargets: activity(
      logger,
      async (recorded: Wanted | RecordedSelection): Promise<readonly SelectedTarget[]> => {
        const { selection } = wantedOf(recorded);
        const profiles = await listProfiles(config);
        if ('accounts' in selection) return resolveTargets(profiles, selection.accounts);
        if (profiles.length === 0)
          throw new VedetteError('nothing-to-scan', 'The AWS configuration has no profiles.');
        return profiles.map(profileTarget);
      },
    ),
  };
}

function wantedOf(recorded: Wanted | RecordedSelection): Wanted {
  if ('selection' in recorded) return recorded;
  return { organizationId: DEFAULT_ORGANIZATION, selection: currentSelection(recorded) };
}
