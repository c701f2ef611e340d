import { defineSearchAttributeKey } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { connectTemporal } from '../../src/client/temporal.ts';
import { ensureTemporal } from '../../src/embedded/temporal-executable.ts';
import { SERVER_OPTIONS } from '../../src/embedded/temporal-server.ts';
import { SEARCH_ATTRIBUTES } from '../../src/model/names.ts';
import { testConfig } from './stores.ts';

/**
 * A Temporal server of its own, in memory, that knows our search attributes. Its client is one of the product: the
 * environment's own cannot be closed while a call is being tried again.
 */
export async function startTemporal(serverOptions: readonly string[] = []): Promise<TestWorkflowEnvironment> {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: await ensureTemporal(testConfig({})) },
      searchAttributes: Object.values(SEARCH_ATTRIBUTES).map((name) =>
        defineSearchAttributeKey(name, 'KEYWORD'),
      ),
      extraArgs: [...SERVER_OPTIONS, ...serverOptions],
    },
  });
  const temporal = await connectTemporal(testConfig({}), environment.address);
  const teardown = environment.teardown.bind(environment);
  return Object.assign(environment, {
    client: temporal.client,
    async teardown() {
      await temporal.close();
      await teardown();
    },
  });
}
