import type { AwsConfiguration } from '../accounts/profiles.ts';
import { printable } from '../text/printable.ts';
import { tell } from './output/write.ts';

/** What in the AWS configuration counts for nothing, so that nobody takes it for scanned. */
export function tellWarnings({ warnings }: Pick<AwsConfiguration, 'warnings'>): void {
  for (const warning of warnings) tell(`Warning: ${printable(warning)}`);
}
