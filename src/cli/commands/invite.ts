import { Command, InvalidArgumentError, Option } from 'commander';
import { ROLES } from '../../model/permissions.ts';
import type { Role } from '../../model/permissions.ts';
import { isEmail } from '../../model/person.ts';
import { openContext } from '../command-context.ts';
import { fieldsOption, idOf, outputOption } from '../options.ts';
import type { OutputFormat, OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { actorAtThisMachine } from '../person.ts';
import { withStore } from '../with-store.ts';

export function inviteCommand(): Command {
  const command = new Command('invite').description('invitations into the organisation');
  command
    .command('create')
    .description('invite somebody for seven days, by e-mail or by the link that is printed')
    .argument('<email>', 'their address', emailArgument)
    .addOption(new Option('--role <role>', 'what they may do').choices([...ROLES]).default('MEMBER'))
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
It is sent by e-mail where SMTP_HOST (or SES) and VEDETTE_PUBLIC_URL are set. An earlier invitation of the same address ends.

Example:
  $ vedette invite create jane@example.com --role ADMIN`,
    )
    .action(createCommand);
  command
    .command('list')
    .description('those that can still be accepted, newest first; never their links')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(listCommand);
  command
    .command('end')
    .description('take an invitation back')
    .argument('<id>', 'its id in invite list', idOf('an invitation', 'invite list'))
    .action(async (id: number, _options: unknown, self: Command) => {
      await withStore(await openContext(self), async (store, { config }) => {
        const { endInvitation } = await import('../../store/people/invitations.ts');
        const by = actorAtThisMachine();
        await endInvitation(store, config.general.organizationId, id, { by, mayTouch: () => undefined });
        tell(`Invitation ${id} is taken back.`);
      });
    });
  return command;
}

async function createCommand(
  email: string,
  { role, output }: { role: Role; output: OutputFormat },
  self: Command,
): Promise<void> {
  await withStore(await openContext(self), async (store, context) => {
    const [{ inviteByMail }, { dashboardUrl }, { renderJson }, { write }] = await Promise.all([
      import('../../people/invite.ts'),
      import('../sign-in-link.ts'),
      import('../output/render.ts'),
      import('../output/write.ts'),
    ]);
    const { config, logger } = context;
    const base = await dashboardUrl(context);
    const { invitation, link } = await inviteByMail(
      { store, config, logger },
      config.general.organizationId,
      { email, role, by: actorAtThisMachine(), base },
    );
    if (output === 'json') renderJson({ ...invitation, link });
    else if (link !== null) write(`${link}\n`);
    tell(
      link === null
        ? `${email} is invited by e-mail as ${role}, until ${invitation.expiresAt}.`
        : `${email} is invited as ${role}, until ${invitation.expiresAt}. Hand the link over safely.`,
    );
  });
}

async function listCommand(options: OutputOptions, self: Command): Promise<void> {
  await withStore(await openContext(self), async (store, { config }) => {
    const [{ listInvitations }, { renderList }] = await Promise.all([
      import('../../store/people/invitations.ts'),
      import('../output/render.ts'),
    ]);
    await renderList(options, {
      rows: await listInvitations(store, config.general.organizationId),
      columns: [
        { header: 'ID', value: (invitation) => invitation.id },
        { header: 'EMAIL', value: (invitation) => invitation.email, least: 16 },
        { header: 'ROLE', value: (invitation) => invitation.role },
        { header: 'BY', value: (invitation) => invitation.createdBy, name: 'createdBy', least: 8, rank: 3 },
        {
          header: 'UNTIL',
          value: (invitation) => invitation.expiresAt,
          name: 'expiresAt',
          shows: 'time',
          rank: 1,
        },
        { header: 'SENT', value: (invitation) => invitation.sentAt, name: 'sentAt', shows: 'time', rank: 2 },
      ],
      json: (invites) => ({ invites }),
      empty: 'No invitation is open. Invite somebody with: vedette invite create',
    });
  });
}

function emailArgument(value: string): string {
  if (!isEmail(value)) throw new InvalidArgumentError('Give an e-mail address of ASCII characters.');
  return value;
}
