import type { SourceDemo } from '../source.ts';
import type { checksSettings } from './settings.ts';

/** It calls the accounts where their profiles say that they are: there is nothing to get ready. */
export const checksDemo: SourceDemo<typeof checksSettings> = {
  isQuick: true,
  simulated: async () => ({}),
};
