import { Command, InvalidArgumentError, Option } from 'commander';
import { ORGANIZATION_ID } from '../../model/organization.ts';
import type { Organization } from '../../model/organization.ts';
import { poundsOf, TIERS } from '../../model/plan.ts';
import type { Plan, Tier } from '../../model/plan.ts';
import { openContext } from '../command-context.ts';
import { fieldsOption, outputOption, wholeNumber } from '../options.ts';
import type { OutputFormat, OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { personAtThisMachine } from '../person.ts';
import { withStore } from '../with-store.ts';

const MOST_NAME = 100;

export function organisationCommand(): Command {
  const command = new Command('organisation').description(
    'whose data it is: one team, or each customer of an installation that serves many',
  );
  for (const one of [
    addCommand(),
    listCommand(),
    showCommand(),
    renameCommand(),
    settingsCommand(),
    setCommand(),
    planCommand(),
    deleteCommand(),
  ])
    command.addCommand(one);
  return command;
}

function addCommand(): Command {
  return new Command('add')
    .description('make an organisation')
    .argument('<id>', 'its id, which never changes and stands in ids of runs', newId)
    .option('--name <name>', 'what people call it; default is its id', organizationName)
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
Every command can then work for it: vedette --organisation acme …

Examples:
  $ vedette organisation add acme --name "Acme Ltd"
  $ vedette account add production --role arn:aws:iam::123456789012:role/vedette --organisation acme
  $ vedette token create acme-dashboard --scope admin --organisation acme`,
    )
    .action(async (id: string, { name = id, output }: { name?: string; output: OutputFormat }, self) => {
      await withStore(await openContext(self), async (store, { config }) => {
        const { addOrganization } = await import('../../store/organizations/organizations.ts');
        const made = await addOrganization(store, config, {
          organizationId: id,
          name,
          createdBy: personAtThisMachine(),
        });
        await print(made, output);
      });
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('the organisations, with how much there is of them')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(async (options: OutputOptions, self: Command) => {
      await withStore(await openContext(self), async (store, { config }) => {
        const [{ listOrganizations }, { renderList }] = await Promise.all([
          import('../../store/organizations/organizations.ts'),
          import('../output/render.ts'),
        ]);
        await renderList(options, {
          rows: await listOrganizations(store, config),
          columns: [
            { header: 'ID', value: (row) => row.organizationId, name: 'organizationId', least: 8 },
            { header: 'NAME', value: (row) => row.name, least: 12 },
            { header: 'OWN', value: (row) => (row.own ? 'yes' : ''), name: 'own' },
            { header: 'ACCOUNTS', value: (row) => row.accounts },
            { header: 'SCANS', value: (row) => row.scans },
            { header: 'LAST SCAN', value: (row) => row.lastScanAt, name: 'lastScanAt', shows: 'time' },
            { header: 'MADE', value: (row) => row.createdAt, name: 'createdAt', shows: 'time', rank: 1 },
            { header: 'BY', value: (row) => row.createdBy, name: 'createdBy', rank: 2 },
          ],
          json: (organizations) => ({ organizations }),
          empty: 'No organisations yet.',
        });
      });
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('one organisation')
    .argument('[id]', 'its id; without it, the one that commands work for')
    .addOption(outputOption(['table', 'json']))
    .action(async (id: string | undefined, { output }: { output: OutputFormat }, self: Command) => {
      await withStore(await openContext(self), async (store, { config }) => {
        const { getOrganization } = await import('../../store/organizations/organizations.ts');
        await print(await getOrganization(store, config, id ?? config.general.organizationId), output);
      });
    });
}

function renameCommand(): Command {
  return new Command('rename')
    .description('call an organisation otherwise; its id stays')
    .argument('<id>', 'its id')
    .argument('<name>', 'what people are to call it', organizationName)
    .action(async (id: string, name: string, _options: unknown, self: Command) => {
      await withStore(await openContext(self), async (store, { config }) => {
        const { renameOrganization } = await import('../../store/organizations/organizations.ts');
        await renameOrganization(store, config, id, name);
        tell(`${id} is called ${name} now.`);
      });
    });
}

function settingsCommand(): Command {
  return new Command('settings')
    .description('what an organisation has set for itself, in place of what the installation has')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(async (options: OutputOptions, self: Command) => {
      await withStore(await openContext(self), async (store, { config }) => {
        const [{ organizationSettings }, { renderList }] = await Promise.all([
          import('../../store/organizations/settings.ts'),
          import('../output/render.ts'),
        ]);
        await renderList(options, {
          rows: await organizationSettings(store, config.general.organizationId),
          columns: [
            { header: 'NAME', value: (row) => row.name },
            { header: 'VALUE', value: (row) => row.value, least: 12 },
            { header: 'SET', value: (row) => row.updatedAt, name: 'updatedAt', shows: 'time', rank: 2 },
            { header: 'BY', value: (row) => row.updatedBy, name: 'updatedBy', rank: 3 },
            { header: 'MEANS', value: (row) => row.description, name: 'description', least: 24, rank: 1 },
          ],
          json: (settings) => ({ settings }),
          empty: 'Nothing can be set.',
        });
      });
    });
}

function setCommand(): Command {
  return new Command('set')
    .description('set one thing for an organisation; without a value, take what the installation has')
    .argument('<name>', 'its name in organisation settings')
    .argument('[value]', 'written as the environment has it')
    .addHelpText(
      'after',
      `
Examples:
  $ vedette organisation set recipients "security@acme.example, ops@acme.example" --organisation acme
  $ vedette organisation set notify-levels high,critical --organisation acme
  $ vedette organisation set sources checks,detections
  $ vedette organisation set retention`,
    )
    .action(async (name: string, value: string | undefined, _options: unknown, self: Command) => {
      await withStore(await openContext(self), async (store, { config }) => {
        const { setOrganizationSettings } = await import('../../store/organizations/settings.ts');
        await setOrganizationSettings(store, config, config.general.organizationId, {
          values: { [name]: value ?? null },
          by: personAtThisMachine(),
        });
        tell(value === undefined ? `${name} is what the installation has.` : `${name} is set.`);
      });
    });
}

interface PlanOptions {
  tier?: Tier;
  members?: number;
  accounts?: number;
  output: OutputFormat;
}

function planCommand(): Command {
  return new Command('plan')
    .description('what the plan of an organisation allows, or give it another one')
    .argument('[id]', 'its id; without it, the one that commands work for')
    .addOption(new Option('--tier <tier>', 'give it this one').choices(TIERS))
    .option('--members <n>', 'with --tier: people, in place of what the tier allows', wholeNumber(1))
    .option('--accounts <n>', 'with --tier: accounts, in place of what the tier allows', wholeNumber(1))
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
Plans limit nothing while VEDETTE_PLANS is off, as it is by default.

Examples:
  $ vedette organisation plan acme
  $ vedette organisation plan acme --tier PRO
  $ vedette organisation plan acme --tier ENTERPRISE --accounts 2000`,
    )
    .action(async (id: string | undefined, options: PlanOptions, self: Command) => {
      const { tier, members, accounts, output } = options;
      if (tier === undefined && (members !== undefined || accounts !== undefined)) {
        const { VedetteError } = await import('../../errors.ts');
        throw new VedetteError('usage', '--members and --accounts belong to a tier.', {
          remedy: 'Give --tier as well.',
        });
      }
      await withStore(await openContext(self), async (store, { config }) => {
        const [plans, { getOrganization }, { reading }] = await Promise.all([
          import('../../store/organizations/plans.ts'),
          import('../../store/organizations/organizations.ts'),
          import('../../store/people/users.ts'),
        ]);
        const { organizationId } = await getOrganization(store, config, id ?? config.general.organizationId);
        const plan =
          tier === undefined
            ? await plans.planOf(reading(store), organizationId)
            : await plans.setPlan(store, config, organizationId, {
                tier,
                memberLimit: members,
                accountLimit: accounts,
              });
        await printPlan(organizationId, plan, output);
        if (!config.plans.enabled) tell('Nothing is limited: VEDETTE_PLANS is off.');
      });
    });
}

async function printPlan(organizationId: string, plan: Plan, output: OutputFormat): Promise<void> {
  const { renderDetail, renderJson } = await import('../output/render.ts');
  const { price_pence: pence, memberLimit, accountLimit } = plan;
  if (output === 'json') return renderJson({ organizationId, ...plan, price_pounds: poundsOf(pence) });
  renderDetail({
    title: organizationId,
    badges: [plan.tier, plan.status],
    parts: [
      {
        facts: [
          ['Price', pence === null ? 'as agreed' : `£${poundsOf(pence)} a month`],
          ['People', memberLimit === null ? 'unlimited' : String(memberLimit)],
          ['Accounts', accountLimit === null ? 'unlimited' : String(accountLimit)],
          ['Paid until', plan.periodEnd],
          ['Ends', plan.cancelAt],
          ['Kept although unpaid until', plan.graceUntil],
        ],
      },
    ],
  });
}

function deleteCommand(): Command {
  return new Command('delete')
    .description('end an organisation, and remove everything of it: rows, files, schedules and workflows')
    .argument('<id>', 'its id')
    .requiredOption('--name <name>', 'its name, as organisation show has it, so that no other one is meant')
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
Nothing brings it back. The installation's own cannot be deleted. Interrupted, it goes on when it is given again.

Example:
  $ vedette organisation delete acme --name "Acme Ltd"`,
    )
    .action(async (id: string, { name, output }: { name: string; output: OutputFormat }, self: Command) => {
      await withStore(await openContext(self), async (store, context) => {
        const { deleteOrganisation } = await import('../delete-organisation.ts');
        const done = await deleteOrganisation(context, store, { organizationId: id, name });
        if (output === 'json') {
          const { renderJson } = await import('../output/render.ts');
          renderJson({ organizationId: id, ...done });
        }
        tell(
          `${id} is gone: ${done.rows} rows, ${done.files} kept files, ${done.schedules} schedules, ${done.workflows} workflows.`,
        );
      });
    });
}

async function print(organization: Organization, output: OutputFormat): Promise<void> {
  const { renderDetail, renderJson } = await import('../output/render.ts');
  if (output === 'json') return renderJson(organization);
  const { name, own, createdAt, createdBy, organizationId: id } = organization;
  renderDetail({
    title: name,
    badges: own ? ['own'] : [],
    parts: [
      {
        facts: [
          ['Id', id],
          ['Made', createdAt],
          ['Made by', createdBy],
        ],
      },
    ],
  });
}

function newId(value: string): string {
  if (ORGANIZATION_ID.test(value)) return value;
  throw new InvalidArgumentError(
    'Give up to 63 small letters, digits and dashes, beginning with a letter or digit.',
  );
}

function organizationName(value: string): string {
  const name = value.trim();
  if (name !== '' && name.length <= MOST_NAME) return name;
  throw new InvalidArgumentError(`Give a name of at most ${MOST_NAME} characters.`);
}
