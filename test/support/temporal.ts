import { defineSearchAttributeKey } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { ensureTemporal } from '../../src/embedded/temporal-executable.ts';
import { SERVER_OPTIONS } from '../../src/embedded/temporal-server.ts';
import { SEARCH_ATTRIBUTES } from '../../src/model/names.ts';
import { testConfig } from './stores.ts';

/** A Temporal server of its own, in memory, that knows our search attributes. */
export async function startTemporal(serverOptions: readonly string[] = []): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: await ensureTemporal(testConfig({})) },
      searchAttributes: Object.values(SEARCH_ATTRIBUTES).map((name) =>
        defineSearchAttributeKey(name, 'KEYWORD'),
      ),
      extraArgs: [...SERVER_OPTIONS, ...serverOptions],
    },
  });
}
