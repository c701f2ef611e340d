import type { Command } from 'commander';

/** Words that may follow, by the commands before them: `''`, `'scan'`, `'scan run'`. */
type Words = Map<string, string[]>;

/** A completion script for the whole command tree; it needs nothing of vedette at run time. */
export function completionScript(program: Command, shell: 'bash' | 'zsh' | 'fish'): string {
  const words = collect(program, '', new Map());
  switch (shell) {
    case 'bash':
      return bash(words);
    case 'zsh':
      return `#compdef vedette\nautoload -U +X bashcompinit && bashcompinit\n${bash(words)}`;
    case 'fish':
      return fish(words);
  }
}

function collect(command: Command, path: string, words: Words): Words {
  const options = command.options.flatMap(({ short, long }) => [short, long].filter((flag) => flag != null));
  words.set(path, [...command.commands.map((child) => child.name()), ...options, '--help']);
  for (const child of command.commands) collect(child, `${path} ${child.name()}`.trim(), words);
  return words;
}

function bash(words: Words): string {
  const cases = [...words].map(
    ([path, next]) => `    ${JSON.stringify(path)}) next=${JSON.stringify(next.join(' '))} ;;`,
  );
  return `_vedette() {
  local path="" word next=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] && continue
    case " ${[...words.keys()].join(' | ')} " in *" \${path:+$path }$word "*) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$next" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _vedette vedette
`;
}

function fish(words: Words): string {
  const lines = [...words].flatMap(([path, next]) => {
    const seen = path.split(' ').filter((word) => word !== '');
    const condition =
      seen.length === 0
        ? '__fish_use_subcommand'
        : seen.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    return next.map((word) =>
      word.startsWith('--')
        ? `complete -c vedette -n '${condition}' -l ${word.slice(2)}`
        : word.startsWith('-')
          ? `complete -c vedette -n '${condition}' -s ${word.slice(1)}`
          : `complete -c vedette -f -n '${condition}' -a ${word}`,
    );
  });
  return `${lines.join('\n')}\n`;
}
