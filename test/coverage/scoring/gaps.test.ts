import { expect, it } from '@jest/globals';
import { rankGaps } from '../../../src/coverage/scoring/gaps.ts';
import { scoreCoverage } from '../../../src/coverage/scoring/score.ts';

// Whoever wrote the results of a scan named the services.
it.each(['constructor', 'toString', '__proto__', 'S3'])(
  'a service called %s leaves the gaps in order',
  (service) => {
    const report = scoreCoverage([], []);
    expect(() => rankGaps(report, [{ service, level: 'high', events: 3 }])).not.toThrow();
  },
);
