import type { Command, Option } from 'commander';
import { EVENT_STATUSES } from '../model/event.ts';
import { LEVELS } from '../model/level.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

/** Values that are looked up where vedette has them. */
export type ValueKind =
  | 'account'
  | 'accountName'
  | 'profile'
  | 'source'
  | 'service'
  | 'region'
  | 'check'
  | 'run'
  | 'scan'
  | 'event'
  | 'token'
  | 'framework'
  | 'catalogue';

type Values = readonly string[] | ValueKind;

/** What may follow options that do not name their choices themselves. */
const OF_OPTIONS: Readonly<Record<string, Values>> = {
  '--level': LEVELS,
  '--fail-on': LEVELS,
  '--status': EVENT_STATUSES,
  '--account': 'account',
  '--base-profile': 'profile',
  '--source': 'source',
  '--service': 'service',
  '--services': 'service',
  '--region': 'region',
  '--regions': 'region',
  '--check': 'check',
  '--run': 'run',
  '--scan': 'scan',
  '--framework': 'framework',
};

const OF_ARGUMENTS: Readonly<Record<string, readonly ValueKind[]>> = {
  'scan show': ['run', 'scan'],
  'scan cancel': ['run'],
  'scan retry': ['run'],
  'event show': ['event'],
  'event suppress': ['event'],
  'event unsuppress': ['event'],
  'account show': ['accountName'],
  'account check': ['accountName'],
  'account remove': ['accountName'],
  'token revoke': ['token'],
  'compliance show': ['framework'],
  'check show': ['catalogue'],
};

/** Values of other characters are left out: no shell can be trusted with them. */
const SAFE = /^[\w.:/@+=-]+$/;

/**
 * What may stand in place of the last word, which is what it begins with so far.
 *
 * @param words the command line without the program's name
 */
export async function completions(
  program: Command,
  words: readonly string[],
  lookUp: (kind: ValueKind) => Promise<readonly string[]>,
): Promise<string[]> {
  const current = words.at(-1) ?? '';
  const { command, path, option, hasArguments } = placeOf(program, words.slice(0, -1));
  const valuesOf = async (values: Values): Promise<readonly string[]> =>
    typeof values === 'string' ? lookUp(values) : values;
  if (option !== undefined) {
    const values = option.argChoices ?? OF_OPTIONS[option.long ?? ''] ?? [];
    // Of a list, the last part is being written.
    const start = current.slice(0, current.lastIndexOf(',') + 1);
    return beginning(
      current,
      (await valuesOf(values)).map((value) => start + value),
    );
  }
  if (current.startsWith('-')) {
    const flags = command.options.flatMap(({ short, long }) => [short, long]);
    return beginning(current, [...flags.filter((flag) => flag != null), '--help']);
  }
  const kinds = OF_ARGUMENTS[path] ?? [];
  const choices = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
  const looked = await Promise.all(kinds.map(valuesOf));
  const children = hasArguments ? [] : command.commands.map((child) => child.name());
  return beginning(current, [
    ...children.filter((name) => !name.startsWith('_')),
    ...choices,
    ...looked.flat(),
  ]);
}

interface Place {
  command: Command;
  path: string;
  /** Whose value comes next. */
  option: Option | undefined;
  hasArguments: boolean;
}

function placeOf(program: Command, words: readonly string[]): Place {
  const place: Place = { command: program, path: '', option: undefined, hasArguments: false };
  for (const word of words) {
    if (place.option !== undefined) place.option = undefined;
    else if (word.startsWith('-')) {
      const option = place.command.options.find(({ short, long }) => word === short || word === long);
      if (option?.required === true) place.option = option;
    } else {
      const child = place.command.commands.find((one) => one.name() === word);
      if (child === undefined || place.hasArguments) place.hasArguments = true;
      else {
        place.command = child;
        place.path = `${place.path} ${word}`.trim();
      }
    }
  }
  return place;
}

function beginning(start: string, words: readonly string[]): string[] {
  return [...new Set(words)].filter((word) => word.startsWith(start) && SAFE.test(word.replaceAll(',', '')));
}

/** A script that asks `vedette __complete` at each key; where nothing fits, file names do. */
export function completionScript(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return BASH;
    case 'zsh':
      return ZSH;
    case 'fish':
      return FISH;
  }
}

const BASH = `_vedette() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
    "\${COMP_WORDS[0]}" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null
  )
}
complete -o default -F _vedette vedette
`;

const ZSH = `#compdef vedette
_vedette() {
  local -a values
  values=("\${(@f)$("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${values[1]}" ]]; then compadd -a values; else _files; fi
}
if [[ "\${funcstack[1]}" == _vedette ]]; then _vedette "$@"; else compdef _vedette vedette; fi
`;

const FISH = `complete -c vedette -n 'not __fish_seen_subcommand_from import parse apply' -f
complete -c vedette -a '(vedette __complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`;
