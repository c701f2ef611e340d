import { once } from 'node:events';
import { Command } from 'commander';
import { openContext } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { tell } from '../output/write.ts';
import { takeStack, uiLink } from '../stack.ts';
import type { OpenStack } from '../stack.ts';

export function upCommand(): Command {
  return new Command('up')
    .description(
      'the embedded stack until Ctrl-C: Temporal server, worker and dashboard; interrupted runs go on',
    )
    .addHelpText(
      'after',
      `
Everything lies in VEDETTE_HOME (default ~/.vedette) and is kept. With TEMPORAL_ADDRESS set, only a worker for
that server and the dashboard are started. While another command, such as scan run, has a stack for itself, up
waits and then takes it over.`,
    )
    .action(async (_options: unknown, self: Command) => {
      const context = await openContext(self);
      const open = await takeStack(context);
      try {
        tell(`Temporal server  ${open.stack.address}`);
        const link = uiLink(open, context.config.temporal.namespace);
        if (link !== null) tell(`Temporal UI      ${link}`);
        await tellDashboard(context, open);
        tell('Ready. Ctrl-C ends it; running scans go on at the next start.');
        if (!context.signal.aborted) await once(context.signal, 'abort');
      } finally {
        tell('Stopping…');
        await open.close();
      }
    });
}

/** A database that is away is no reason not to run. */
async function tellDashboard(context: CommandContext, { stack }: OpenStack): Promise<void> {
  if (stack.apiUrl === undefined) return;
  const { signInLink } = await import('../sign-in-link.ts');
  try {
    tell(`Dashboard        ${await signInLink(context, { url: stack.apiUrl })}`);
    tell(
      '                 (the link signs you in once, within 15 minutes; vedette token link prints another)',
    );
  } catch (error) {
    const { reportOf } = await import('../../errors.ts');
    tell(`Dashboard        ${stack.apiUrl} (no link to sign in: ${reportOf(error).message})`);
  }
}
