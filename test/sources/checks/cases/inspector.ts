import type {
  InspectorFindings,
  InspectorStatus,
} from '../../../../src/sources/checks/services/inspector/collect.ts';
import type { Case, Cases } from './case.ts';
import { lambda } from './lambda.ts';

const status = (more: Partial<InspectorStatus>): InspectorStatus => ({
  id: 'i',
  status: 'ENABLED',
  scans: ['ec2', 'ecr'],
  ...more,
});
const on = (what: string, more: Partial<InspectorStatus>, functions: number, says: string): Case => ({
  what,
  answers: {
    'inspector2:BatchGetAccountStatus': [status(more)],
    'lambda:ListFunctions': Array.from({ length: functions }, (_, index) => lambda({ id: `f${index}` })),
  },
  says: [says],
});
const found = (
  what: string,
  bySeverity: InspectorFindings['bySeverity'] | null,
  ...says: string[]
): Case => ({
  what,
  answers: {
    'inspector2:BatchGetAccountStatus': [status({ status: bySeverity === null ? 'DISABLED' : 'ENABLED' })],
    'inspector2:ListFindings': { i: bySeverity === null ? null : { bySeverity, hasMore: false } },
  },
  says,
});

export const inspectorCases: Cases = {
  'inspector-on': [
    on('on', {}, 0, 'pass'),
    on('off', { status: 'DISABLED', scans: [] }, 0, 'fail'),
    on('functions are not scanned', {}, 1, 'fail'),
    on('the code of functions is not', { scans: ['lambda'] }, 1, 'fail'),
    on('functions are scanned', { scans: ['lambda', 'lambdaCode'] }, 1, 'pass'),
  ],
  'inspector-open-findings': [
    found('none', {}, 'pass'),
    found('less grave ones', { MEDIUM: 3, LOW: 1 }, 'pass'),
    found('high', { HIGH: 1 }, 'fail'),
    found('critical', { CRITICAL: 1 }, 'fail'),
    found('off', null),
  ],
};
