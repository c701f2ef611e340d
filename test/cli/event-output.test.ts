import { expect, test } from '@jest/globals';
import { eventDetail } from '../../src/cli/event-output.ts';
import { detailText } from '../../src/cli/output/detail.ts';

test('evidence may be called as what every object has', () => {
  const event = {
    checkId: 'check',
    level: 'high',
    status: 'active',
    service: 's3',
    resourceId: 'bucket',
    finding: null,
    suppression: null,
    details: { constructor: 'one', toString: 'two', vpcId: 'vpc-1' },
  } as unknown as Parameters<typeof eventDetail>[0];
  const screen = { width: 80, now: 0, paint: (_style: unknown, text: string) => text };
  const text = detailText(eventDetail(event, [], { all: true }), screen);
  expect(text).toMatch(/Constructor +one\n +To string +two\n +VPC +vpc-1/);
});
