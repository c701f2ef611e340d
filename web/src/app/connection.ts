import { observable } from '../lib/observable.ts';

/** Whether the last request reached the server. */
export const connection = observable<'connected' | 'lost'>('connected');
