import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Run } from '../../../../../src/api/schemas/runs.ts';
import { runPath, runQuery } from '../../../api/queries.ts';
import { REFRESH_MS } from '../../../api/read.ts';

/**
 * A run that follows its stream of events while it is under way. Where the stream does not come through (some proxies
 * hold it back), the run is asked for instead, every few seconds.
 */
export function useLiveRun(id: string) {
  const client = useQueryClient();
  const [streaming, setStreaming] = useState(false);
  const options = runQuery(id);
  const query = useQuery({
    ...options,
    refetchInterval: ({ state }) => (state.data?.status === 'running' && !streaming ? REFRESH_MS : false),
  });
  const running = query.data?.status === 'running';

  useEffect(() => {
    if (!running) return;
    const stream = new EventSource(`/api/v1${runPath(id)}/events`);
    const take = ({ data }: MessageEvent<string>): void => {
      client.setQueryData(runQuery(id).queryKey, JSON.parse(data) as Run);
    };
    const end = (message: MessageEvent<string>): void => {
      take(message);
      stream.close();
      for (const resource of ['runs', 'scans', 'events', 'summary', 'accounts']) {
        void client.invalidateQueries({ queryKey: [resource] });
      }
    };
    stream.addEventListener('open', () => setStreaming(true));
    stream.addEventListener('error', () => setStreaming(false));
    stream.addEventListener('progress', take);
    stream.addEventListener('end', end);
    return () => {
      stream.close();
      setStreaming(false);
    };
  }, [client, id, running]);

  return { query, streaming };
}
