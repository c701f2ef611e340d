import type { SourceConfig } from '../source.ts';
import { checksOf } from './checks-of.ts';
import { checkedServices } from './plan.ts';
import type { checksSettings } from './settings.ts';

export async function checkChecks({ settings }: SourceConfig<typeof checksSettings>): Promise<string> {
  const catalogue = checksOf(settings);
  return `${catalogue.length} checks of ${checkedServices(catalogue).length} services`;
}
