import type { AccountCoverage, Detection } from '../../src/model/coverage.ts';
import type { Observation } from '../../src/model/observation.ts';
import { ACCOUNT, observe } from './observations.ts';

/** A rule that sees bucket deletion; what is given says how it differs. */
export function madeUpDetection(more: Partial<Detection> = {}): Detection {
  return {
    id: 'arn:aws:events:eu-west-1:111111111111:rule/deleted',
    kind: 'eventbridge-rule',
    name: 'deleted',
    region: 'eu-west-1',
    health: 'healthy',
    reasons: [],
    isPosture: false,
    sees: ['eu-west-1'],
    targetServices: ['S3'],
    techniques: [{ id: 'T1485', score: 0.9, evidence: ['DeleteBucket'], services: ['S3'] }],
    ...more,
  };
}

const COVERAGE: AccountCoverage = {
  provider: 'aws',
  attackVersion: '18.1',
  servicesInUse: [{ service: 'S3', regions: ['eu-west-1'] }],
  servicesUnknown: ['RDS'],
  unseen: [{ call: 'rds:DescribeDBInstances', region: 'eu-west-1', reason: 'denied (AccessDenied)' }],
  figures: { techniques: 90, covered: 1, partial: 0, uncovered: 89, effective: 1.1 },
};

/** A scan of detections as its source observes it. */
export async function* observeCoverage(
  scanTime: string,
  detections: readonly Detection[],
  accountId = ACCOUNT,
): AsyncGenerator<Observation> {
  let isFirst = true;
  for await (const observation of observe({ accountId, scanTime, source: 'detections', events: [] })) {
    yield observation;
    if (!isFirst) continue;
    isFirst = false;
    yield { kind: 'coverage', coverage: COVERAGE };
    for (const detection of detections) yield { kind: 'detection', detection };
  }
}
