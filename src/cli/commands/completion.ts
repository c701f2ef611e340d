import { Argument, Command } from 'commander';
import { completionScript } from '../completion.ts';

export function completionCommand(program: Command): Command {
  return new Command('completion')
    .description('completion for a shell')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      `
Examples:
  $ vedette completion bash > /etc/bash_completion.d/vedette
  $ vedette completion zsh > "\${fpath[1]}/_vedette"
  $ vedette completion fish > ~/.config/fish/completions/vedette.fish`,
    )
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { write } = await import('../output/write.ts');
      write(completionScript(program, shell));
    });
}
