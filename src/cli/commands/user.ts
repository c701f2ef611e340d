import { Command, InvalidArgumentError, Option } from 'commander';
import { ROLES } from '../../model/permissions.ts';
import type { Role } from '../../model/permissions.ts';
import { isEmail } from '../../model/person.ts';
import type { Store } from '../../store/database/store.ts';
import { openContext } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { memberNamed } from '../member-named.ts';
import { fieldsOption, outputOption } from '../options.ts';
import type { OutputFormat, OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { personAtThisMachine } from '../person.ts';
import { withStore } from '../with-store.ts';

export function userCommand(): Command {
  const command = new Command('user').description('the people of the organisation, and what each may do');
  command
    .command('add')
    .description('let somebody in, and print a link by which they choose their password, once, within a day')
    .argument('<email>', 'their address', emailArgument)
    .option('--name <name>', 'what they are called; default is the address')
    .addOption(roleOption().default('MEMBER'))
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
OWNER may everything; ADMIN all but owners and billing; MEMBER starts scans and accepts findings; VIEWER looks.
The first owner is made this way. Without people the dashboard is opened with: vedette token link

Examples:
  $ vedette user add jane@example.com --role OWNER
  $ vedette user list
  $ vedette user role jane@example.com ADMIN`,
    )
    .action(addCommand);
  command
    .command('list')
    .description('who belongs to the organisation')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(listCommand);
  command
    .command('role')
    .description('give somebody another role; their browsers are signed out')
    .argument('<email>', 'their address', emailArgument)
    .addArgument(command.createArgument('<role>', 'the new one').choices([...ROLES]))
    .action(
      onMember(async (store, { userId, organizationId }, role) => {
        const { changeRole } = await import('../../store/people/members.ts');
        await changeRole(store, organizationId, userId, { role: role as Role, mayTouch: () => undefined });
        return `is ${role} now`;
      }),
    );
  command
    .command('remove')
    .description('take somebody out of the organisation; their sessions and tokens of it end')
    .argument('<email>', 'their address', emailArgument)
    .action(
      onMember(async (store, { userId, organizationId }) => {
        const { removeMember } = await import('../../store/people/members.ts');
        await removeMember(store, organizationId, userId, { mayTouch: () => undefined });
        return 'belongs to the organisation no more';
      }),
    );
  for (const [name, isDisabled] of [
    ['disable', true],
    ['enable', false],
  ] as const) {
    command
      .command(name)
      .description(isDisabled ? 'keep somebody from signing in anywhere' : 'let somebody sign in again')
      .argument('<email>', 'their address', emailArgument)
      .action(
        onMember(async (store, { userId }) => {
          const { setDisabled } = await import('../../store/people/members.ts');
          await setDisabled(store, userId, isDisabled);
          return isDisabled ? 'cannot sign in any more' : 'can sign in again';
        }),
      );
  }
  command
    .command('link')
    .description('print a link by which somebody chooses a new password, once, within a day')
    .argument('<email>', 'their address', emailArgument)
    .action(async (email: string, _options: unknown, self: Command) => {
      await withStore(await openContext(self), async (store, context) => {
        const { write } = await import('../output/write.ts');
        const { userId } = await memberNamed(store, context.config.general.organizationId, email);
        write(`${await passwordLink(store, context, userId)}\n`);
      });
    });
  command
    .command('factor')
    .description('the second factor that somebody signs in with')
    .command('remove')
    .description('take it away from somebody who has lost their app and their recovery codes')
    .argument('<email>', 'their address', emailArgument)
    .addHelpText(
      'after',
      `
Be sure that it is they who ask. With a second factor a password may have been short: vedette user link gives a new one.

Examples:
  $ vedette user factor remove jane@example.com`,
    )
    .action(
      onMember(async (store, self) => {
        const [{ transaction }, { removeFactor }] = await Promise.all([
          import('../../store/database/store.ts'),
          import('../../people/second-factor.ts'),
        ]);
        const wasThere = await transaction(store, (session) => removeFactor(session, self));
        return wasThere ? 'signs in without a second factor now' : 'has no second factor';
      }),
    );
  return command;
}

interface AddOptions {
  name?: string;
  role: Role;
  output: OutputFormat;
}

async function addCommand(email: string, { name, role, output }: AddOptions, self: Command): Promise<void> {
  await withStore(await openContext(self), async (store, context) => {
    const [{ transaction }, { addMember, lockMembers }, { ensureUser }, { renderJson }, { write }] =
      await Promise.all([
        import('../../store/database/store.ts'),
        import('../../store/people/members.ts'),
        import('../../store/people/users.ts'),
        import('../output/render.ts'),
        import('../output/write.ts'),
      ]);
    const { organizationId } = context.config.general;
    const by = personAtThisMachine();
    const { person, member } = await transaction(store, async (session) => {
      await lockMembers(store, session, organizationId);
      const known = await ensureUser(session, { email, name: name ?? email });
      const userId = known.id;
      return {
        person: known,
        member: await addMember(session, organizationId, { userId, role, origin: 'manual', by }),
      };
    });
    const link = person.hasPassword ? null : await passwordLink(store, context, person.id);
    if (output === 'json') renderJson({ ...member, link });
    else if (link !== null) write(`${link}\n`);
    tell(
      link === null
        ? `${email} is ${role} now, and signs in as before.`
        : `${email} is ${role}. The link lets them choose a password, once, within a day: hand it over safely.`,
    );
  });
}

async function listCommand(options: OutputOptions, self: Command): Promise<void> {
  await withStore(await openContext(self), async (store, { config }) => {
    const [{ listMembers }, { renderList }] = await Promise.all([
      import('../../store/people/members.ts'),
      import('../output/render.ts'),
    ]);
    await renderList(options, {
      rows: await listMembers(store, config.general.organizationId),
      columns: [
        { header: 'EMAIL', value: (member) => member.email, least: 16 },
        { header: 'NAME', value: (member) => member.name, least: 10, rank: 3 },
        { header: 'ROLE', value: (member) => member.role },
        {
          header: 'STATE',
          value: (member) => (member.disabledAt === null ? 'active' : 'disabled'),
          name: 'state',
        },
        {
          header: 'SECOND FACTOR',
          value: (member) => (member.hasSecondFactor === true ? 'on' : 'off'),
          name: 'secondFactor',
          rank: 5,
        },
        { header: 'JOINED', value: (member) => member.joinedAt, name: 'joinedAt', shows: 'time', rank: 2 },
        { header: 'BY', value: (member) => member.joinedBy, name: 'joinedBy', least: 8, rank: 4 },
        {
          header: 'LAST SIGN-IN',
          value: (member) => member.lastSignInAt,
          name: 'lastSignInAt',
          shows: 'time',
          rank: 1,
        },
      ],
      json: (members) => ({ members }),
      empty:
        'Nobody yet: the dashboard is opened with vedette token link. Add the first: vedette user add --role OWNER',
    });
  });
}

type OnMember = (
  store: Store,
  of: { userId: number; organizationId: string },
  argument: string | undefined,
) => Promise<string>;

/** A command that does something with a member, named by address, and says what came of it. */
function onMember(work: OnMember) {
  return async (email: string, ...rest: unknown[]): Promise<void> => {
    const self = rest.at(-1) as Command;
    const argument = typeof rest[0] === 'string' ? rest[0] : undefined;
    await withStore(await openContext(self), async (store, { config }) => {
      const { organizationId } = config.general;
      const { userId } = await memberNamed(store, organizationId, email);
      tell(`${email} ${await work(store, { userId, organizationId }, argument)}.`);
    });
  };
}

async function passwordLink(store: Store, context: CommandContext, userId: number): Promise<string> {
  const [{ transaction }, { createCode }, { dashboardUrl }] = await Promise.all([
    import('../../store/database/store.ts'),
    import('../../store/people/codes.ts'),
    import('../sign-in-link.ts'),
  ]);
  const code = await transaction(store, (session) =>
    createCode(session, { userId, kind: 'password', email: null }),
  );
  return `${await dashboardUrl(context)}/set-password#code=${code}`;
}

function roleOption(): Option {
  return new Option('--role <role>', 'what they may do').choices([...ROLES]);
}

function emailArgument(value: string): string {
  if (!isEmail(value)) throw new InvalidArgumentError('Give an e-mail address of ASCII characters.');
  return value;
}
