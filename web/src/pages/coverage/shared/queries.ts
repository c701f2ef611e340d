import type {
  CorrectionList,
  CoverageHistory,
  CoverageReport,
  DetectionList,
  GapList,
  TechniqueDetails,
} from '../../../../../src/api/schemas/coverage.ts';
import { read } from '../../../api/read.ts';

interface Scoped {
  account?: string[] | undefined;
}

export const coverageQuery = (scope: Scoped) => read<CoverageReport>('coverage', '/coverage', scope);

/** Where the layer and the report are taken from. */
export const fileAddress = (file: 'layer' | 'report', { account }: Scoped): string =>
  `/api/v1/coverage/${file}${account === undefined ? '' : `?account=${account.join(',')}`}`;

export const techniqueQuery = (id: string, scope: Scoped) =>
  read<TechniqueDetails>('coverage', `/coverage/techniques/${encodeURIComponent(id)}`, scope);

export const gapsQuery = (scope: Scoped) => read<GapList>('coverage', '/coverage/gaps', scope);

export const detectionsQuery = (query: Scoped & { health?: string | undefined }) =>
  read<DetectionList>('coverage', '/coverage/detections', query);

export const correctionsQuery = read<CorrectionList>('coverage', '/coverage/corrections');

export const historyQuery = (scope: Scoped) =>
  read<CoverageHistory>('coverage', '/coverage/history', { ...scope, days: 90 });
