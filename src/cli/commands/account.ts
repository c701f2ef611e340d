import { Command, InvalidArgumentError } from 'commander';
import { VedetteError } from '../../errors.ts';
import { ACCOUNT_NAME, ACCOUNT_NAME_RULE } from '../../model/account.ts';
import type { Account, Project } from '../../model/account.ts';
import type { ScanDepth } from '../../model/depth.ts';
import type { FailureReport } from '../../model/failure.ts';
import type { Store } from '../../store/database/store.ts';
import { openContext } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { fieldsOption, listOption, outputOption } from '../options.ts';
import type { Detail } from '../output/detail.ts';
import type { OutputFormat, OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { personAtThisMachine } from '../person.ts';
import { withStore } from '../with-store.ts';
import { depthOption } from './check.ts';

export function accountCommand(): Command {
  const command = new Command('account').description(
    'accounts that are entered by a role, and projects of Google Cloud, beside the profiles of the AWS configuration',
  );
  command.addCommand(addCommand());
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  command.addCommand(checkCommand());
  command.addCommand(removeCommand());
  command.addCommand(templateCommand());
  command.addCommand(discoverCommand());
  return command;
}

interface AddOptions {
  role?: string;
  project?: string;
  serviceAccount?: string;
  baseProfile?: string;
  check?: true;
  output: OutputFormat;
}

function addCommand(): Command {
  return new Command('add')
    .description('add an account by the ARN of a role in it, or a project of Google Cloud by its id')
    .argument('<name>', 'what to call it here', accountName)
    .option('--role <arn>', 'the role to assume, e.g. arn:aws:iam::123456789012:role/vedette')
    .option('--base-profile <profile>', "the profile that assumes it; default is vedette's own identity")
    .option('--project <id>', 'the project of Google Cloud, e.g. shop-production', projectId)
    .option(
      '--service-account <email>',
      "the service account to impersonate in it; default is vedette's own identity at Google",
      serviceAccount,
    )
    .option('--check', 'try at once whether it can be entered')
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
The trust policy asks for an external id, which vedette makes: one for each organisation, so that all its accounts can
have the same policy. vedette policy prints what the role must be allowed to read.

Of a project nothing secret is kept: vedette's own identity at Google (GOOGLE_APPLICATION_CREDENTIALS, best by workload
identity federation) is let in, or may impersonate the service account.

Examples:
  $ vedette account add production --role arn:aws:iam::123456789012:role/vedette
  $ vedette account add audit --role arn:aws:iam::210987654321:role/vedette --base-profile security
  $ vedette account add shop --project shop-production --service-account vedette@shop-production.iam.gserviceaccount.com
  $ vedette account check production
  $ vedette scan run --account production`,
    )
    .action(async (name: string, options: AddOptions, self: Command) => {
      const { role, baseProfile, check, output } = options;
      if (options.project !== undefined)
        return addProjectOf(name, { ...options, project: options.project }, self);
      if (role === undefined || options.serviceAccount !== undefined) throw notOneKind();
      await withStore(await openContext(self), async (store, context) => {
        const { enterAccount } = await import('../../accounts/entering.ts');
        const { config } = context;
        const account = await enterAccount(store, config, config.general.organizationId, {
          name,
          roleArn: role,
          baseProfile: baseProfile ?? null,
          createdBy: personAtThisMachine(),
        });
        await printAccount(context, account, output);
        if (check === true) await tryRole(store, context, account);
        else tell(`When the role has this trust policy, try it: vedette account check ${name}`);
      });
    });
}

async function addProjectOf(
  name: string,
  { project, serviceAccount: email, role, baseProfile, check, output }: AddOptions & { project: string },
  self: Command,
): Promise<void> {
  if (role !== undefined || baseProfile !== undefined) throw notOneKind();
  await withStore(await openContext(self), async (store, context) => {
    const [{ assertNoProfile, listProfiles }, { addProject }] = await Promise.all([
      import('../../accounts/profiles.ts'),
      import('../../store/accounts/projects.ts'),
    ]);
    assertNoProfile(await listProfiles(context.config), name);
    const added = await addProject(store, context.config.general.organizationId, {
      name,
      projectId: project,
      serviceAccount: email ?? null,
      createdBy: personAtThisMachine(),
    });
    await printProject(added, output);
    if (check === true) await tryProject(store, context, added);
    else tell(`When the identity is let in, try it: vedette account check ${name}`);
  });
}

function notOneKind(): VedetteError {
  return new VedetteError('usage', 'An account is added by a role of AWS or by a project of Google Cloud.', {
    remedy: 'Give --role, perhaps with --base-profile; or --project, perhaps with --service-account.',
  });
}

function listCommand(): Command {
  return new Command('list')
    .description('the accounts and projects, and whether they could be entered when that was last tried')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(async (options: OutputOptions, self: Command) => {
      await withStore(await openContext(self), async (store, { config }) => {
        const [
          { listAccounts },
          { listProjects },
          { accountOverviews, knownOfAccounts },
          { accountReasons },
          { renderList },
        ] = await Promise.all([
          import('../../store/accounts/accounts.ts'),
          import('../../store/accounts/projects.ts'),
          import('../../accounts/overview.ts'),
          import('../../model/account-health.ts'),
          import('../output/render.ts'),
        ]);
        const { organizationId } = config.general;
        const projects = await listProjects(store, organizationId);
        const targets = [
          ...(await listAccounts(store, organizationId)).map((account) => ({
            ...account,
            serviceAccount: null,
          })),
          ...projects.map(({ projectId: accountId, ...project }) => ({
            ...project,
            accountId,
            roleArn: null,
            baseProfile: null,
          })),
        ];
        const known = await knownOfAccounts(store, organizationId);
        const overviews = accountOverviews({ targets, planned: [], ...known }, new Date());
        const rows = targets.map((account, index) => ({
          ...account,
          health: overviews[index]?.health ?? 'never',
          notKnown: accountReasons(overviews[index]?.sources ?? []),
        }));
        await renderList(options, {
          rows,
          columns: [
            { header: 'NAME', value: (account) => account.name, least: 12 },
            { header: 'ACCOUNT', value: (account) => account.accountId, name: 'accountId' },
            { header: 'ROLE', value: (account) => account.roleArn, name: 'roleArn', least: 16, rank: 3 },
            {
              header: 'SERVICE ACCOUNT',
              value: (account) => account.serviceAccount,
              name: 'serviceAccount',
              least: 16,
              rank: 5,
            },
            { header: 'BASE PROFILE', value: (account) => account.baseProfile, least: 12, rank: 4 },
            {
              header: 'CHECKED',
              value: (account) => account.checkedAt,
              name: 'checkedAt',
              shows: 'time',
              rank: 2,
            },
            { header: 'RESULT', value: resultOf, shows: 'state', least: 12 },
            { header: 'HEALTH', value: (account) => account.health, shows: 'state' },
            {
              header: 'NOT KNOWN',
              value: (account) => account.notKnown.join('; '),
              name: 'notKnown',
              least: 16,
              rank: 1,
            },
          ],
          json: (accounts) => ({ accounts }),
          empty: 'No accounts yet. Add one with: vedette account add',
        });
      });
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('one account, with the trust policy that its role needs; or one project')
    .argument('<name>', 'its name')
    .addOption(outputOption(['table', 'json']))
    .action(async (name: string, { output }: { output: OutputFormat }, self: Command) => {
      await withStore(await openContext(self), async (store, context) => {
        const project = await projectOf(store, context, name);
        if (project === null) await printAccount(context, await accountNamed(store, context, name), output);
        else await printProject(project, output);
      });
    });
}

function checkCommand(): Command {
  return new Command('check')
    .description('try whether an account can be entered; its role only with the external id')
    .argument('<name>', 'its name')
    .action(async (name: string, _options: unknown, self: Command) => {
      await withStore(await openContext(self), async (store, context) => {
        const project = await projectOf(store, context, name);
        if (project === null) await tryRole(store, context, await accountNamed(store, context, name));
        else await tryProject(store, context, project);
      });
    });
}

function removeCommand(): Command {
  return new Command('remove')
    .description('forget how to get into an account; what its scans have found stays')
    .argument('<name>', 'its name')
    .action(async (name: string, _options: unknown, self: Command) => {
      await withStore(await openContext(self), async (store, { config }) => {
        const [{ removeAccount }, { removeProject }] = await Promise.all([
          import('../../store/accounts/accounts.ts'),
          import('../../store/accounts/projects.ts'),
        ]);
        if (await removeProject(store, config.general.organizationId, name)) {
          tell(`${name} is removed; take its rights from the identity as well.`);
          return;
        }
        await removeAccount(store, config.general.organizationId, name);
        tell(`${name} is removed; take the trust from its role as well.`);
      });
    });
}

function templateCommand(): Command {
  return new Command('template')
    .description('a CloudFormation template of the role that accounts need, with the least permissions')
    .addOption(listOption('--source <names>', 'what is to scan with it; default is VEDETTE_SOURCES'))
    .addOption(depthOption())
    .option('--base-profile <profile>', "the profile that assumes it; default is vedette's own identity")
    .addHelpText(
      'after',
      `
One template serves every account of the organisation. In S3 it makes the role by one click (VEDETTE_ROLE_TEMPLATE_URL):
vedette account show, and the dashboard, then have the link.

Examples:
  $ vedette account template --source checks,s3-data > role.json
  $ aws cloudformation deploy --stack-name vedette --template-file role.json --capabilities CAPABILITY_NAMED_IAM`,
    )
    .action(async ({ source = [], depth, baseProfile = null }: TemplateOptions, self: Command) => {
      await withStore(await openContext(self), async (store, { config, signal }) => {
        const [{ roleOffer }, { neededPermissions }, { externalIdOf }, { reading }, { renderJson }] =
          await Promise.all([
            import('../../accounts/role-for-account.ts'),
            import('../../planning/needed-permissions.ts'),
            import('../../store/organizations/organizations.ts'),
            import('../../store/people/users.ts'),
            import('../output/render.ts'),
          ]);
        const externalId = await externalIdOf(reading(store), config.general.organizationId);
        const actions = await neededPermissions(config, { named: source, depth });
        const { template, link } = await roleOffer(config, { externalId, baseProfile, actions }, signal);
        renderJson(template);
        if (link !== null) tell(`One click makes the role: ${link}`);
      });
    });
}

interface TemplateOptions {
  source?: string[];
  depth?: ScanDepth;
  baseProfile?: string | null;
}

interface DiscoverOptions extends OutputOptions {
  baseProfile?: string;
  add?: string;
}

function discoverCommand(): Command {
  return new Command('discover')
    .description(
      'the accounts of AWS Organizations: which are new here, and which of those here have left it',
    )
    .option('--base-profile <profile>', "the profile that asks; default is vedette's own identity")
    .option('--add <role>', 'add those that are new by the role of this name, e.g. vedette')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
It takes organizations:ListAccounts, in the management account or one with delegated administration. Nothing is removed:
what an account's scans have found stays, and vedette account remove forgets how to get in.

Examples:
  $ vedette account discover
  $ vedette account discover --base-profile management --add vedette`,
    )
    .action(async ({ baseProfile, add, ...options }: DiscoverOptions, self: Command) => {
      await withStore(await openContext(self), async (store, { config, signal }) => {
        const [{ discoverAccounts, addDiscovered }, { renderList }] = await Promise.all([
          import('../../accounts/discover.ts'),
          import('../output/render.ts'),
        ]);
        const base = baseProfile ?? null;
        const rows = await discoverAccounts(store, config, { baseProfile: base, signal });
        await renderList(options, {
          rows,
          columns: [
            { header: 'ACCOUNT', value: (row) => row.accountId, name: 'accountId' },
            { header: 'NAME', value: (row) => row.name, least: 12 },
            { header: 'STATE', value: (row) => row.state, shows: 'state' },
            { header: 'HERE AS', value: (row) => row.knownAs.join(', '), name: 'knownAs', least: 8 },
          ],
          json: (accounts) => ({ accounts }),
          empty: 'AWS Organizations has no account, and neither has the database.',
        });
        if (add === undefined) return;
        const added = await addDiscovered(store, config, rows, {
          role: add,
          baseProfile: base,
          createdBy: personAtThisMachine(),
        });
        tell(added.length === 0 ? 'Nothing is new.' : `Added: ${added.map(({ name }) => name).join(', ')}.`);
      });
    });
}

/** Null where the name is not that of a project. */
async function projectOf(store: Store, { config }: CommandContext, name: string): Promise<Project | null> {
  const { findProject } = await import('../../store/accounts/projects.ts');
  return findProject(store, config.general.organizationId, name);
}

async function printProject(project: Project, output: OutputFormat): Promise<void> {
  const { renderDetail, renderJson } = await import('../output/render.ts');
  if (output === 'json') return renderJson(project);
  renderDetail({
    title: project.name,
    badges: [stateOf(project)],
    parts: [
      {
        facts: [
          ['Project', project.projectId],
          ['Entered as', project.serviceAccount ?? "vedette's own identity"],
          ['Added', project.createdAt],
          ['Added by', project.createdBy],
          ['Checked', project.checkedAt],
        ],
      },
      { title: 'Problem', text: project.problem?.message },
      { title: 'What to do', text: project.problem?.remedy },
    ],
  });
}

/** @throws VedetteError when the project cannot be entered; it is recorded too. */
async function tryProject(store: Store, { config, signal }: CommandContext, project: Project): Promise<void> {
  const [{ checkProject }, { recordProjectCheck }, { reportOf }] = await Promise.all([
    import('../../accounts/project-access.ts'),
    import('../../store/accounts/projects.ts'),
    import('../../errors.ts'),
  ]);
  try {
    await checkProject(project, config, signal);
  } catch (error) {
    signal.throwIfAborted();
    await recordProjectCheck(store, project, reportOf(error));
    throw error;
  }
  await recordProjectCheck(store, project, null);
  tell(`${project.name} can be scanned: vedette is let into the project ${project.projectId}.`);
}

function stateOf({ checkedAt, problem }: Pick<Account, 'checkedAt' | 'problem'>): string {
  if (checkedAt === null) return 'not checked yet';
  return problem === null ? 'ok' : 'broken';
}

async function accountNamed(store: Store, { config }: CommandContext, name: string): Promise<Account> {
  const { getAccount } = await import('../../store/accounts/accounts.ts');
  return getAccount(store, config.general.organizationId, name);
}

/** Everything about an account, with the trust policy that its role needs. */
async function printAccount(context: CommandContext, account: Account, output: OutputFormat): Promise<void> {
  const [{ trustPolicyFor }, { renderDetail, renderJson }] = await Promise.all([
    import('../../accounts/trust-policy.ts'),
    import('../output/render.ts'),
  ]);
  const { policy, unknownIdentity } = await trustPolicyFor(account, context.config, context.signal);
  if (output === 'json') renderJson({ ...account, trustPolicy: policy });
  else {
    renderDetail(accountDetail(account));
    tell('\nThe trust policy of the role:');
    renderJson(policy);
  }
  if (unknownIdentity === null) return;
  tell(`Whom the role has to trust is not known yet: ${unknownIdentity.message}`);
  tell(`→ ${unknownIdentity.remedy}`);
}

function accountDetail(account: Account): Detail {
  const { problem } = account;
  return {
    title: account.name,
    badges: [stateOf(account)],
    parts: [
      {
        facts: [
          ['Account', account.accountId],
          ['Role', account.roleArn],
          ['External id', account.externalId],
          ['Assumed by', account.baseProfile ?? "vedette's own identity"],
          ['Added', account.createdAt],
          ['Added by', account.createdBy],
          ['Checked', account.checkedAt],
        ],
      },
      { title: 'Problem', text: problem?.message },
      { title: 'What to do', text: problem?.remedy },
    ],
  };
}

/** @throws VedetteError when the role cannot be assumed; it is recorded too. */
async function tryRole(store: Store, { config, signal }: CommandContext, account: Account): Promise<void> {
  const { tryAccount } = await import('../../accounts/entering.ts');
  const problem = await tryAccount(store, config, account, signal);
  if (problem !== null) throw new VedetteError(problem.type, problem.message, { remedy: problem.remedy });
  tell(`${account.name} can be scanned: its role lets vedette into the account ${account.accountId}.`);
}

function resultOf({
  checkedAt,
  problem,
}: {
  checkedAt: string | null;
  problem: FailureReport | null;
}): string | null {
  if (checkedAt === null) return null;
  return problem === null ? 'ok' : problem.message;
}

function projectId(value: string): string {
  if (/^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(value)) return value;
  throw new InvalidArgumentError(
    'Give the id of the project, such as shop-production, not its name or number.',
  );
}

function serviceAccount(value: string): string {
  if (/^[a-z0-9-]{1,64}@[a-z0-9.-]{1,128}\.gserviceaccount\.com$/.test(value)) return value;
  throw new InvalidArgumentError('Give the e-mail address of a service account: ….gserviceaccount.com.');
}

function accountName(value: string): string {
  if (ACCOUNT_NAME.test(value)) return value;
  throw new InvalidArgumentError(ACCOUNT_NAME_RULE);
}
