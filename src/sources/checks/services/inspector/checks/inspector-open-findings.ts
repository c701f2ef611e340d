import { defineCheck, failIf } from '../../../catalogue.ts';

/** From the least grave one on. */
const SEVERITIES = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

export const inspectorOpenFindings = defineCheck({
  id: 'inspector-open-findings',
  title: 'No active Inspector finding is left',
  service: 'inspector',
  depth: 'deep',
  level: 'high',
  category: 'vuln',
  resourceType: 'AWS::InspectorV2::Finding',
  failsWhen:
    'Inspector is on and has an ACTIVE finding of min_severity or above. Suppressed and closed ones do not count; Inspector off: no verdict.',
  remediation: 'Patch or rebuild what is affected; suppress what is accepted, with a reason.',
  parameters: { min_severity: 'HIGH' },
  on: 'inspector2:BatchGetAccountStatus',
  needs: ['inspector2:ListFindings'],
  judge({ status }, { detail, parameters }) {
    const found = detail('inspector2:ListFindings');
    if (status !== 'ENABLED' || found === null) return null;
    const grave = SEVERITIES.slice(SEVERITIES.indexOf(parameters.min_severity));
    const isOpen = grave.some((severity) => (found.bySeverity[severity] ?? 0) > 0);
    return failIf(isOpen, { ...found });
  },
});
