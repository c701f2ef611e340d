import type { SourceDemo } from '../source.ts';
import type { checksSettings } from './settings.ts';

/** Our clients reach simulated accounts as they reach all: by the endpoints of their profiles. */
export const checksDemo: SourceDemo<typeof checksSettings> = {
  simulated: async () => ({}),
};
