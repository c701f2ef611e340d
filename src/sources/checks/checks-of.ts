import { allChecks } from './all-checks.ts';
import type { Check, Parameters } from './catalogue.ts';
import { invalidThreshold } from './errors.ts';
import { readOwnChecks } from './own-checks.ts';
import type { ChecksSettings } from './settings.ts';

/**
 * The catalogue as the settings make it: every check with its thresholds, and those of the installation's own.
 *
 * @throws VedetteError `config-invalid` for a threshold that no check has, or a check that is not well declared
 */
export function checksOf({
  folder,
  parameters,
}: Pick<ChecksSettings, 'folder' | 'parameters'>): readonly Check[] {
  const own = folder === undefined ? [] : readOwnChecks(folder);
  const all = [...allChecks, ...own];
  const ids = new Set(all.map(({ id }) => id));
  const strangers = Object.keys(parameters).filter((id) => !ids.has(id));
  if (strangers.length > 0) throw invalidThreshold(`there is no check ${strangers.join(', ')}`);
  return all.map((check) => {
    const set = parameters[check.id];
    return set === undefined ? check : { ...check, parameters: withThresholds(check, set) };
  });
}

function withThresholds({ id, parameters }: Check, set: Parameters): Parameters {
  for (const [name, value] of Object.entries(set)) {
    const before = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (before === undefined) {
      const known = Object.keys(parameters).join(', ');
      throw invalidThreshold(`${id} has no ${name}; it has ${known === '' ? 'none' : known}`);
    }
    if (kindOf(before) !== kindOf(value) && !(isEmptyList(before) && Array.isArray(value))) {
      throw invalidThreshold(`${id}.${name} is ${JSON.stringify(value)}, but should be a ${kindOf(before)}`);
    }
  }
  return { ...parameters, ...set };
}

function kindOf(value: Parameters[string]): string {
  return Array.isArray(value) ? `list of ${typeof value[0]}s` : typeof value;
}

function isEmptyList(value: Parameters[string]): boolean {
  return Array.isArray(value) && value.length === 0;
}
