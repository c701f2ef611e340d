import type { ScopeProblem } from '../source.ts';

/** Detections of one service are told by topics and trails of others: there is no scan of some services. */
export function servicesRefused(services: readonly string[]): ScopeProblem {
  return {
    option: 'services',
    message: `A scan of detections looks at all services, not at ${services.join(', ')} alone.`,
    remedy: 'Leave --services out, or name other sources with --source.',
  };
}
