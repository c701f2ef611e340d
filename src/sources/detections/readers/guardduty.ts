import { coverageData } from '../../../coverage/data.ts';
import { ofGuardDuty } from '../../../coverage/mapping/native.ts';
import type { Detection, HealthReason } from '../../../model/coverage.ts';
import type { Account, Found } from '../account.ts';
import { broken, healthOf, unknown, warning } from '../reasons.ts';

/** Plans of their own, of which the detector says nothing. */
const APART = ['MALWARE_PROTECTION_FOR_S3', 'MALWARE_PROTECTION_FOR_BACKUP'];
/** Come with every detector. */
const ALWAYS_ON = ['FOUNDATIONAL', 'EXTENDED_THREAT_DETECTION'];

/** Each detector of GuardDuty, feature by feature. */
export function guarddutyDetections(account: Account): Detection[] {
  const features = [...new Set(coverageData('aws-native').guardduty.map(({ feature }) => feature))]
    .filter((feature) => !APART.includes(feature))
    .toSorted();
  return account.regions.flatMap((region) => {
    const isHeard = (account.list('eventbridge:ListRules', region) ?? []).some(
      ({ item }) =>
        item.pattern?.includes('aws.guardduty') === true ||
        item.pattern?.includes('aws.securityhub') === true,
    );
    return (account.list('guardduty:ListDetectors', region) ?? []).flatMap((detector) =>
      features.map((feature): Detection => {
        const hidden = hiddenTypes(detector);
        const reasons = [...reasonsOf(detector, feature), ...hidden.reasons];
        if (!isHeard) reasons.push(UNHEARD);
        const mapped = ofGuardDuty(
          typesOf(feature).filter((type) => !hidden.types.includes(type)),
          null,
        );
        return {
          id: `${detector.item.id}#${feature}`,
          kind: 'guardduty',
          name: `GuardDuty ${feature}`,
          region,
          health: healthOf(reasons),
          reasons,
          isPosture: false,
          sees: [region],
          ...mapped,
        };
      }),
    );
  });
}

const UNHEARD = warning(
  'nobody-listens',
  'No rule of EventBridge listens to the findings.',
  'Make a rule on aws.guardduty that tells somebody.',
  'events:ListRules: none on aws.guardduty',
);

function typesOf(feature: string): string[] {
  return coverageData('aws-native')
    .guardduty.filter((type) => type.feature === feature && type.retired === undefined)
    .map(({ type }) => type);
}

function reasonsOf(detector: Found<'guardduty:ListDetectors'>, feature: string): HealthReason[] {
  const state = detector.detail('guardduty:GetDetector');
  if (state === undefined || state === null) return [unknown('guardduty:GetDetector')];
  if (!state.enabled) return [broken('detector-suspended', 'guardduty:GetDetector: Status DISABLED')];
  if (ALWAYS_ON.includes(feature)) return [];
  if (!state.features.includes(feature)) {
    return [broken('feature-off', `guardduty:GetDetector: ${feature} is not ENABLED`)];
  }
  const hasAgents = state.features.some((one) => one.startsWith(`${feature}/`));
  if (!feature.endsWith('RUNTIME_MONITORING') || hasAgents) return [];
  return [
    warning(
      'agents-by-hand',
      'GuardDuty does not manage the agents that this feature needs.',
      'Let GuardDuty manage them, or check that they are installed.',
      `guardduty:GetDetector: ${feature} without AdditionalConfiguration`,
    ),
  ];
}

function hiddenTypes(detector: Found<'guardduty:ListDetectors'>): {
  types: readonly string[];
  reasons: HealthReason[];
} {
  const filters = detector.detail('guardduty:ListFilters');
  // Filters that cannot be read may hide something; that is no reason to doubt the detector.
  if (filters === undefined || filters === null) return { types: [], reasons: [] };
  const types = filters.flatMap((filter) => filter.types ?? []);
  const reasons = filters
    .filter((filter) => filter.types === null)
    .map(({ name }) =>
      warning(
        'findings-archived',
        `The filter ${name} archives some findings unseen.`,
        'Check what the filter hides.',
        `guardduty:GetFilter: ${name} Action ARCHIVE`,
      ),
    );
  return { types, reasons };
}
