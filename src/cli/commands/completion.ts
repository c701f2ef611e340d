import { Argument, Command } from 'commander';
import type { Shell } from '../completion.ts';

export function completionCommand(): Command {
  return new Command('completion')
    .description('completion for a shell, of commands, options and values')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      `
Examples:
  $ vedette completion bash > /etc/bash_completion.d/vedette
  $ vedette completion zsh > "\${fpath[1]}/_vedette"
  $ vedette completion fish > ~/.config/fish/completions/vedette.fish`,
    )
    .action(async (shell: Shell) => {
      const [{ completionScript }, { write }] = await Promise.all([
        import('../completion.ts'),
        import('../output/write.ts'),
      ]);
      write(completionScript(shell));
    });
}

/** What the scripts ask; whatever is the matter, a key that is pressed brings no message. */
export function completeCommand(program: Command): Command {
  return new Command('__complete').argument('[words...]').action(async (words: string[]) => {
    const [{ completions }, { completionValues }, { loadConfig }, { write }] = await Promise.all([
      import('../completion.ts'),
      import('../completion-values.ts'),
      import('../../settings.ts'),
      import('../output/write.ts'),
    ]);
    const found = await completions(program, words, async (kind) =>
      completionValues(loadConfig().config, kind).catch(() => []),
    );
    write(found.map((word) => `${word}\n`).join(''));
  });
}
