import { allOf, arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Detector {
  id: string;
  detectorId: string;
}

export interface DetectorSettings {
  enabled: boolean;
  /** Names of what is switched on, such as `S3_DATA_EVENTS`. */
  features: readonly string[];
}

/** From here on AWS calls a finding high. */
export const HIGH_SEVERITY = 7;
/** Whether there are any is what counts. */
const FINDINGS_LISTED = 50;

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

  'guardduty:GetDetector': detailCall<Detector, DetectorSettings>({
    of: 'guardduty:ListDetectors',
    async get(caller, { detectorId }) {
      const { client, GetDetectorCommand } = await guardduty(caller);
      const { Status, Features, DataSources } = await client.send(
        new GetDetectorCommand({ DetectorId: detectorId }),
      );
      // What was there before features were told one by one.
      const hasS3Logs =
        Features?.some(({ Name }) => Name === 'S3_DATA_EVENTS') !== true &&
        DataSources?.S3Logs?.Status === 'ENABLED';
      return {
        enabled: Status === 'ENABLED',
        features: [
          ...(Features ?? []).filter((one) => one.Status === 'ENABLED').map(({ Name = '' }) => Name),
          ...(hasS3Logs ? ['S3_DATA_EVENTS'] : []),
        ],
      };
    },
  }),

  'guardduty:ListFindings': detailCall<Detector, readonly string[]>({
    of: 'guardduty:ListDetectors',
    async get(caller, { detectorId }) {
      const { client, ListFindingsCommand } = await guardduty(caller);
      const { FindingIds = [] } = await client.send(
        new ListFindingsCommand({
          DetectorId: detectorId,
          FindingCriteria: {
            Criterion: {
              'service.archived': { Equals: ['false'] },
              severity: { GreaterThanOrEqual: HIGH_SEVERITY },
            },
          },
          MaxResults: FINDINGS_LISTED,
        }),
      );
      return FindingIds;
    },
  }),

  'guardduty:GetAdministratorAccount': detailCall<Detector, { relationship: string | null }>({
    of: 'guardduty:ListDetectors',
    async get(caller, { detectorId }) {
      const { client, GetAdministratorAccountCommand } = await guardduty(caller);
      const { Administrator } = await client.send(
        new GetAdministratorAccountCommand({ DetectorId: detectorId }),
      );
      return { relationship: Administrator?.RelationshipStatus ?? null };
    },
  }),

  'guardduty:ListMembers': detailCall<Detector, { hasMembers: boolean }>({
    of: 'guardduty:ListDetectors',
    async get(caller, { detectorId }) {
      const { client, ListMembersCommand } = await guardduty(caller);
      const { Members = [] } = await client.send(
        new ListMembersCommand({ DetectorId: detectorId, MaxResults: 50 }),
      );
      return { hasMembers: Members.length > 0 };
    },
  }),
};
