import type { AllowedCall } from '../../aws/read-only.ts';
import { collectedBySnapshot } from '../snapshot-units.ts';
import type { Scanner } from '../source.ts';
import { calls } from './calls.ts';
import { collectProject } from './gcp/collect.ts';
import type { detectionsSettings } from './settings.ts';

/** Each call once in each region, whatever is asked for: what a rule tells may be anywhere. */
export const ALL_CALLS = Object.keys(calls) as AllowedCall[];

const ofAccounts = collectedBySnapshot<typeof detectionsSettings>({
  source: 'detections',
  table: calls,
  choose: ({ settings }) => ({ calls: ALL_CALLS, asked: {}, timeoutMs: settings.timeoutMs }),
});

type Collecting = Required<Pick<Scanner<typeof detectionsSettings>, 'collect' | 'units' | 'keepsResults'>>;

/** An account of AWS region by region; a project of Google Cloud, which has none, at once. */
export const collectedForDetections: Collecting = {
  ...(ofAccounts as Collecting),
  async collect(input, context) {
    const { google } = input.access;
    if (google === undefined) return ofAccounts.collect(input, context);
    return collectProject(google, input.folder, context);
  },
  units: {
    ...(ofAccounts as Collecting).units,
    async plan(input, cursor, context) {
      if (input.access.google !== undefined) return { batches: [], next: null, total: 0 };
      return (ofAccounts as Collecting).units.plan(input, cursor, context);
    },
  },
};
