import { allOf, arnOf, detailCall, listCall } from '../../../collect/call.ts';
import type { Caller } from '../../../collect/call.ts';

export interface Detector {
  id: string;
  detectorId: string;
}

export interface DetectorState {
  enabled: boolean;
  /** Features that are switched on, by their names; those with additional configuration carry it behind a slash. */
  features: readonly string[];
}

/** A filter that archives what it meets. */
export interface ArchiveFilter {
  name: string;
  /** Finding types that it names; null where it hides by something else. */
  types: readonly string[] | null;
}

async function guardduty({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-guardduty');
  return { ...sdk, client: clients.of(sdk.GuardDutyClient, region) };
}

export const guarddutyCalls = {
  'guardduty:ListDetectors': listCall<Detector>({
    where: 'region',
    async list(caller) {
      const { client, paginateListDetectors } = await guardduty(caller);
      const ids = await allOf(paginateListDetectors({ client }, {}), (page) => page.DetectorIds);
      return ids.map((detectorId) => ({
        id: arnOf(caller, 'guardduty', `detector/${detectorId}`),
        detectorId,
      }));
    },
  }),

  'guardduty:GetDetector': detailCall<Detector, DetectorState>({
    of: 'guardduty:ListDetectors',
    async get(caller, { detectorId }) {
      const { client, GetDetectorCommand } = await guardduty(caller);
      const { Status, Features = [] } = await client.send(new GetDetectorCommand({ DetectorId: detectorId }));
      const on = Features.filter((feature) => feature.Status === 'ENABLED');
      return {
        enabled: Status === 'ENABLED',
        features: on.flatMap(({ Name = '', AdditionalConfiguration = [] }) => [
          Name,
          ...AdditionalConfiguration.filter((one) => one.Status === 'ENABLED').map(
            (one) => `${Name}/${one.Name ?? ''}`,
          ),
        ]),
      };
    },
  }),

  'guardduty:ListFilters': detailCall<Detector, ArchiveFilter[]>({
    of: 'guardduty:ListDetectors',
    sends: ['guardduty:ListFilters', 'guardduty:GetFilter'],
    permissions: ['guardduty:ListFilters', 'guardduty:GetFilter'],
    async get(caller, { detectorId: DetectorId }) {
      const { client, GetFilterCommand, paginateListFilters } = await guardduty(caller);
      const names = await allOf(paginateListFilters({ client }, { DetectorId }), (page) => page.FilterNames);
      const hiding: ArchiveFilter[] = [];
      for (const FilterName of names) {
        const { Action, FindingCriteria } = await client.send(
          new GetFilterCommand({ DetectorId, FilterName }),
        );
        if (Action !== 'ARCHIVE') continue;
        const criteria = Object.entries(FindingCriteria?.Criterion ?? {});
        const onlyByType = criteria.length === 1 && criteria[0]?.[0] === 'type';
        const condition = criteria[0]?.[1];
        hiding.push({
          name: FilterName,
          types: onlyByType ? (condition?.Equals ?? condition?.Eq ?? []) : null,
        });
      }
      return hiding;
    },
  }),
};
