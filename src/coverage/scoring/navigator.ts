import type { CoverageReport } from './score.ts';
import { shownPercent } from './score.ts';

const COLOURS = {
  covered: '#3c9d5a',
  partial: '#e6b23a',
  uncovered: '#d6604d',
  'not-applicable': '#c9ccd1',
} as const;

/** A layer of the ATT&CK Navigator, format 4.5. */
export function navigatorLayer({ attackVersion, accounts, techniques, summary }: CoverageReport): object {
  return {
    name: `Detection coverage of ${accounts.length === 1 ? accounts[0] : `${accounts.length} accounts`}`,
    versions: { attack: attackVersion.split('.')[0], navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description: `${summary.covered} of ${summary.techniques} techniques covered, ${summary.partial} in part. Score: effective coverage in percent.`,
    filters: { platforms: ['IaaS'] },
    sorting: 3,
    layout: { layout: 'side', showID: true, showName: true },
    hideDisabled: false,
    techniques: techniques.flatMap((technique) =>
      technique.tactics.map((tactic) => ({
        techniqueID: technique.id,
        tactic,
        ...(technique.effective === null ? {} : { score: shownPercent(technique.effective) }),
        comment: commentOf(technique),
        enabled: true,
        metadata: [
          { name: 'Status', value: technique.status },
          ...(technique.inScopeServices.length === 0
            ? []
            : [
                {
                  name: 'Services',
                  value: `${technique.coveredServices.length} of ${technique.inScopeServices.length}`,
                },
              ]),
          ...technique.detections
            .slice(0, 5)
            .map(({ name, health }) => ({ name: 'Detection', value: `${name} (${health})` })),
        ],
        links: [],
        ...(technique.parent === null ? { showSubtechniques: false } : {}),
      })),
    ),
    gradient: { colors: [COLOURS.uncovered, COLOURS.partial, COLOURS.covered], minValue: 0, maxValue: 100 },
    legendItems: [
      { label: 'covered (80 % or more)', color: COLOURS.covered },
      { label: 'partial (40 % or more)', color: COLOURS.partial },
      { label: 'uncovered', color: COLOURS.uncovered },
    ],
    metadata: [],
    links: [],
    showTacticRowBackground: false,
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: false,
  };
}

function commentOf({
  inScopeServices,
  coveredServices,
  uncoveredServices,
  detections,
}: CoverageReport['techniques'][number]): string {
  const healthy = detections.filter(({ health }) => health === 'healthy').length;
  const seen = `${healthy} healthy detection${healthy === 1 ? '' : 's'}`;
  if (inScopeServices.length === 0) return `${seen}.`;
  const unseen = uncoveredServices.length === 0 ? '' : `; not in ${uncoveredServices.join(', ')}`;
  return `${seen}; seen in ${coveredServices.length} of ${inScopeServices.length} services${unseen}.`;
}
