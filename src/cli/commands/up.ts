import { once } from 'node:events';
import { Command } from 'commander';
import { tell } from '../output/write.ts';
import { openSession } from '../session.ts';
import { openStack, uiLink } from '../stack.ts';

export function upCommand(): Command {
  return new Command('up')
    .description('the embedded stack until Ctrl-C: Temporal server and worker; interrupted runs go on')
    .addHelpText(
      'after',
      `
Everything lies in VEDETTE_HOME (default ~/.vedette) and is kept. With TEMPORAL_ADDRESS set, only a worker for
that server is started.`,
    )
    .action(async (_options: unknown, self: Command) => {
      const session = await openSession(self);
      const open = await openStack(session, { workerForOtherServer: true });
      try {
        if (!open.stack.owned) {
          tell(`Another vedette runs the stack of ${session.config.general.home} already.`);
          return;
        }
        tell(`Temporal server  ${open.stack.address}`);
        const link = uiLink(open, session.config.temporal.namespace);
        if (link !== null) tell(`Temporal UI      ${link}`);
        tell('Ready. Ctrl-C ends it; running scans go on at the next start.');
        if (!session.signal.aborted) await once(session.signal, 'abort');
      } finally {
        tell('Stopping…');
        await open.close();
      }
    });
}
