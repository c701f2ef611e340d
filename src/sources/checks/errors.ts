import { VedetteError } from '../../errors.ts';

export function unknownNames(what: string, names: readonly string[], known: readonly string[]): VedetteError {
  return new VedetteError(
    'usage',
    `There is no ${what} ${names.map((name) => JSON.stringify(name)).join(', ')}.`,
    {
      remedy: known.length > 40 ? 'vedette check list shows all of them.' : `There are: ${known.join(', ')}.`,
    },
  );
}

export function nothingChosen(): VedetteError {
  return new VedetteError('scan-empty', 'No check is of everything that was asked for.', {
    remedy: 'vedette check list shows the services, depths and frameworks of the checks.',
  });
}
