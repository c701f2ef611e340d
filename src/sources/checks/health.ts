import { allChecks } from './all-checks.ts';
import { checkedServices } from './plan.ts';

export async function checkChecks(): Promise<string> {
  return `${allChecks.length} checks of ${checkedServices().length} services`;
}
