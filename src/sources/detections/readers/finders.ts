import { ACCESS_ANALYZER, INSPECTOR, MACIE } from '../../../coverage/mapping/native.ts';
import type { Detection, HealthReason } from '../../../model/coverage.ts';
import type { Account } from '../account.ts';
import { broken, healthOf, warning } from '../reasons.ts';

/** Access Analyzer, Macie and Inspector: they find what is open, before somebody uses it. */
export function finderDetections(account: Account): Detection[] {
  return account.regions.flatMap((region) => [
    ...analyzersOf(account, region),
    ...macieOf(account, region),
    ...inspectorOf(account, region),
  ]);
}

function analyzersOf(account: Account, region: string): Detection[] {
  return (account.list('accessanalyzer:ListAnalyzers', region) ?? [])
    .filter(({ item }) => /^(?:ACCOUNT|ORGANIZATION)$/.test(item.kind))
    .map((analyzer) => {
      const { id, name, status } = analyzer.item;
      const rules = analyzer.detail('accessanalyzer:ListArchiveRules') ?? [];
      const reasons: HealthReason[] = rules.map((rule) =>
        warning(
          'findings-archived',
          `The rule ${rule} archives some findings unseen.`,
          'Check what it hides.',
          `access-analyzer:ListArchiveRules: ${rule}`,
        ),
      );
      if (status !== 'ACTIVE') {
        reasons.push(broken('analyzer-inactive', `access-analyzer:ListAnalyzers: status ${status}`));
      }
      return detection({ id, kind: 'access-analyzer', name, region, reasons }, ACCESS_ANALYZER);
    });
}

function macieOf(account: Account, region: string): Detection[] {
  return (account.list('macie2:GetMacieSession', region) ?? []).map(({ item }) => {
    const reasons =
      item.status === 'ENABLED'
        ? []
        : [broken('macie-paused', `macie2:GetMacieSession: status ${item.status}`)];
    return detection({ id: item.id, kind: 'macie', name: 'Macie', region, reasons }, MACIE);
  });
}

/** One for each type of resources that Inspector looks at; what is switched off is none. */
function inspectorOf(account: Account, region: string): Detection[] {
  return (account.list('inspector2:BatchGetAccountStatus', region) ?? []).flatMap(({ item }) =>
    Object.entries(item.types).flatMap(([type, status]) => {
      const mapped = INSPECTOR[type];
      if (mapped === undefined || status !== 'ENABLED') return [];
      const id = `${item.id}/${type}`;
      return [detection({ id, kind: 'inspector', name: `Inspector ${type}`, region, reasons: [] }, mapped)];
    }),
  );
}

function detection(
  own: Pick<Detection, 'id' | 'kind' | 'name'> & { region: string; reasons: HealthReason[] },
  mapped: Pick<Detection, 'techniques' | 'targetServices'>,
): Detection {
  return { ...own, health: healthOf(own.reasons), isPosture: true, sees: [own.region], ...mapped };
}
