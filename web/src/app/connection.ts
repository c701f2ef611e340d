import { read } from '../api/read.ts';
import { observable } from '../lib/observable.ts';

const HEALTH_MS = 30_000;

/** Whether the last request reached the server. */
export const connection = observable<'connected' | 'lost'>('connected');

/** Asked now and then, so that the connection's state is true while a page asks for nothing. */
export const healthQuery = {
  ...read<unknown>('health', '/health'),
  refetchInterval: HEALTH_MS,
  retry: false,
};
