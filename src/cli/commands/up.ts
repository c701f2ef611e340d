import { once } from 'node:events';
import { Command } from 'commander';
import { tell } from '../output/write.ts';
import { openSession } from '../session.ts';
import type { Session } from '../session.ts';
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
      const session = await openSession(self);
      const open = await takeStack(session);
      try {
        tell(`Temporal server  ${open.stack.address}`);
        const link = uiLink(open, session.config.temporal.namespace);
        if (link !== null) tell(`Temporal UI      ${link}`);
        await tellDashboard(session, open);
        tell('Ready. Ctrl-C ends it; running scans go on at the next start.');
        if (!session.signal.aborted) await once(session.signal, 'abort');
      } finally {
        tell('Stopping…');
        await open.close();
      }
    });
}

/** A database that is away is no reason not to run. */
async function tellDashboard(session: Session, { stack }: OpenStack): Promise<void> {
  if (stack.apiUrl === undefined) return;
  const { signInLink } = await import('../sign-in-link.ts');
  try {
    tell(`Dashboard        ${await signInLink(session, { url: stack.apiUrl })}`);
    tell(
      '                 (the link signs you in once, within 15 minutes; vedette token link prints another)',
    );
  } catch (error) {
    const { reportOf } = await import('../../errors.ts');
    tell(`Dashboard        ${stack.apiUrl} (no link to sign in: ${reportOf(error).message})`);
  }
}
