import { Command, InvalidArgumentError, Option } from 'commander';
import { SCOPES } from '../../model/access.ts';
import type { Scope } from '../../model/access.ts';
import { openContext } from '../command-context.ts';
import { durationOption, fieldsOption, idOf, outputOption } from '../options.ts';
import type { OutputFormat, OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { withStore } from '../with-store.ts';

const DAY_MS = 86_400_000;
const MOST_NAME = 100;

export function tokenCommand(): Command {
  const command = new Command('token').description('who may use the API and the dashboard');
  command
    .command('create')
    .description('make an API token; its secret is printed this once')
    .argument('<name>', 'what it is for', tokenName)
    .addOption(scopeOption('read'))
    .addOption(durationOption('--expires <duration>', 'for how long it holds').default(90 * DAY_MS, '90d'))
    .option('--user <email>', 'whose it is: it does no more than their role allows, and ends with them')
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
read looks; operate also starts and cancels runs, suppresses events, and pauses schedules; admin also makes tokens and
schedules, and reads the audit log.

Examples:
  $ VEDETTE_TOKEN=$(vedette token create ci --scope operate --expires 30d)
  $ vedette token create laptop --user jane@example.com`,
    )
    .action(createCommand);
  command
    .command('list')
    .description('the tokens, newest first; never their secrets')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(listCommand);
  command
    .command('revoke')
    .description('end a token, and the sessions that came from it')
    .argument('<id>', 'its id in token list', idOf('a token', 'token list'))
    .action(async (id: number, _options: unknown, self: Command) => {
      await withStore(await openContext(self), async (store, { config }) => {
        const { revokeToken } = await import('../../store/access/credentials.ts');
        await revokeToken(store, config.general.organizationId, id);
        tell(`Token ${id} is revoked.`);
      });
    });
  command
    .command('link')
    .description('print a link that signs a browser in to the dashboard, once, within 15 minutes')
    .addOption(scopeOption('admin'))
    .action(async ({ scope }: { scope: Scope }, self: Command) => {
      const context = await openContext(self);
      const [{ signInLink }, { write }] = await Promise.all([
        import('../sign-in-link.ts'),
        import('../output/write.ts'),
      ]);
      write(`${await signInLink(context, { scope })}\n`);
    });
  return command;
}

interface CreateOptions {
  scope: Scope;
  expires: number;
  user?: string;
  output: OutputFormat;
}

async function createCommand(
  name: string,
  { scope, expires, user, output }: CreateOptions,
  self: Command,
): Promise<void> {
  await withStore(await openContext(self), async (store, { config }) => {
    const [{ createToken }, { createOwnToken }, { memberNamed }, { renderJson }, { write }] =
      await Promise.all([
        import('../../store/access/credentials.ts'),
        import('../../people/own-tokens.ts'),
        import('../member-named.ts'),
        import('../output/render.ts'),
        import('../output/write.ts'),
      ]);
    const expiresAt = new Date(Date.now() + expires).toISOString();
    const createdBy = 'command line';
    const { organizationId } = config.general;
    const wanted = { name, scope, createdBy, expiresAt };
    const token =
      user === undefined
        ? await createToken(store, organizationId, wanted)
        : await createOwnToken(
            store,
            { organizationId, ...(await memberNamed(store, organizationId, user)) },
            wanted,
          );
    if (output === 'json') renderJson(token);
    else write(`${token.secret}\n`);
    tell(`Token ${token.id} (${scope}) holds until ${expiresAt}. Its secret is not kept: keep it yourself.`);
  });
}

async function listCommand(options: OutputOptions, self: Command): Promise<void> {
  await withStore(await openContext(self), async (store, { config }) => {
    const [{ listTokens }, { renderList }] = await Promise.all([
      import('../../store/access/credentials.ts'),
      import('../output/render.ts'),
    ]);
    await renderList(options, {
      rows: await listTokens(store, config.general.organizationId),
      columns: [
        { header: 'ID', value: (token) => token.id },
        { header: 'NAME', value: (token) => token.name, least: 10 },
        { header: 'SCOPE', value: (token) => token.scope },
        { header: 'CREATED', value: (token) => token.createdAt, name: 'createdAt', shows: 'time', rank: 3 },
        { header: 'BY', value: (token) => token.createdBy, name: 'createdBy', least: 8, rank: 4 },
        { header: 'EXPIRES', value: (token) => token.expiresAt, name: 'expiresAt', shows: 'time', rank: 1 },
        {
          header: 'LAST USED',
          value: (token) => token.lastUsedAt,
          name: 'lastUsedAt',
          shows: 'time',
          rank: 2,
        },
        { header: 'REVOKED', value: (token) => token.revokedAt, name: 'revokedAt', shows: 'time' },
      ],
      json: (tokens) => ({ tokens }),
      empty: 'No tokens yet. Make one with: vedette token create',
    });
  });
}

function scopeOption(fallback: Scope): Option {
  return new Option('--scope <scope>', 'what it allows').choices([...SCOPES]).default(fallback);
}

function tokenName(value: string): string {
  const name = value.trim();
  if (name === '' || name.length > MOST_NAME) {
    throw new InvalidArgumentError(`Give a name of at most ${MOST_NAME} characters.`);
  }
  return name;
}
