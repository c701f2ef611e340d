import { expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { activity } from '../../src/activities/context.ts';
import { silent } from '../../src/log.ts';

const remember = activity(silent, async (value: object, { onProgress }, memory) => {
  onProgress('half of it is done');
  memory.keep(value);
  onProgress('all of it is done');
  await new Promise((resolve) => {
    setTimeout(resolve, 1200);
  });
  return memory.before;
});

async function attempt(heartbeatDetails?: unknown): Promise<{ returned: unknown; beats: unknown[] }> {
  const environment = new MockActivityEnvironment({ attempt: 2, heartbeatDetails });
  const beats: unknown[] = [];
  environment.on('heartbeat', (details: unknown) => beats.push(details));
  return { returned: await environment.run(remember, { removed: 3 }), beats };
}

test('what an attempt keeps travels with every heartbeat, and reaches the next attempt', async () => {
  const { returned, beats } = await attempt();
  expect(returned).toBeUndefined();
  expect(beats).toEqual([{ removed: 3 }, { removed: 3 }]);
  expect((await attempt({ removed: 3 })).returned).toEqual({ removed: 3 });
});

test("a line of progress is not taken for an attempt's memory", async () => {
  expect((await attempt('half of it is done')).returned).toBeUndefined();
});
