import { Command, Option } from 'commander';
import type { ComplianceBasis } from '../../compliance/basis.ts';
import type { FrameworkStanding, FrameworkSummary, StandingRequirement } from '../../model/compliance.ts';
import type { Config } from '../../settings.ts';
import type { Store } from '../../store/database/store.ts';
import { openContext } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { complianceBasisOf } from '../compliance-basis.ts';
import { fieldsOption, listOption, outputOption } from '../options.ts';
import { OUTPUT_FORMATS } from '../output/render.ts';
import type { OutputFormat, OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';

interface AccountOptions {
  account?: string[];
}

/** Failing resources that the report shows of each check. */
const RESOURCES_SHOWN = 10;

export function complianceCommand(): Command {
  const command = new Command('compliance').description(
    'how accounts stand by frameworks such as CIS, PCI DSS or LGPD',
  );
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  return command;
}

function listCommand(): Command {
  return new Command('list')
    .description('all frameworks, and how many of their requirements pass')
    .addOption(listOption('--account <id|name>', 'of these accounts; by default of all that were scanned'))
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
Examples:
  $ vedette compliance list
  $ vedette compliance list --account prod -o json`,
    )
    .action(async (options: AccountOptions & OutputOptions, self: Command) => {
      const context = await openContext(self);
      const basis = await complianceBasisOf(context.config);
      const [{ overview }, { percentText }, { renderList }] = await Promise.all([
        import('../../compliance/standing.ts'),
        import('../../report/compliance-text.ts'),
        import('../output/render.ts'),
      ]);
      await withStore(context, async (store) => {
        const rows = await overview(store, basis, await filterOf(store, context.config, options));
        tellOfMissing(options, rows[0]);
        await renderList<FrameworkSummary>(options, {
          rows,
          columns: [
            { header: 'ID', value: ({ framework }) => framework, name: 'framework' },
            { header: 'NAME', value: ({ name }) => name, least: 16, rank: 1 },
            { header: 'VERSION', value: ({ version }) => version, rank: 2, least: 8 },
            { header: 'SCORE', value: ({ score }) => percentText(score) },
            { header: 'PASS', value: ({ score }) => score.pass },
            { header: 'FAIL', value: ({ score }) => score.fail },
            { header: 'UNKNOWN', value: ({ score }) => score.unknown },
            { header: 'NOT APPLICABLE', value: ({ score }) => score.notApplicable, rank: 4 },
            { header: 'MANUAL', value: ({ score }) => score.manual, rank: 3 },
            { header: 'REQUIREMENTS', value: ({ score }) => score.total, rank: 3 },
            { header: 'ACCOUNTS', value: ({ accounts }) => accounts.length, wide: true },
          ],
          json: (frameworks) => ({ frameworks }),
          empty: 'No frameworks.',
        });
      });
    });
}

type ShowFormat = OutputFormat | 'html';

function showCommand(): Command {
  return new Command('show')
    .description('the state of each requirement of a framework, and the checks that it rests on')
    .argument('<framework>', 'its id, e.g. cis-5.0')
    .addOption(listOption('--account <id|name>', 'of these accounts; by default of all that were scanned'))
    .addOption(
      new Option('-o, --output <format>', 'how to print the result; html is a report to print')
        .choices([...OUTPUT_FORMATS, 'html'])
        .default('table'),
    )
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
A requirement fails where any of its checks fails, is unknown where any does not know, and is manual where no check can
tell. Failures that were suppressed count as accepted. MAPPING says whether somebody has published that the checks bear
on it, or it rests on our own proposal (own). CHANGE is since the scan before the last one of each account.

Examples:
  $ vedette compliance show cis-5.0
  $ vedette compliance show lgpd --account prod -o html > lgpd.html
  $ vedette compliance show pci-dss-4.0 -o csv > pci.csv`,
    )
    .action(
      async (
        id: string,
        options: AccountOptions & { output: ShowFormat; fields?: string[] },
        self: Command,
      ) => {
        const context = await openContext(self);
        const basis = await complianceBasisOf(context.config);
        const [{ standingOf }, { frameworkById }] = await Promise.all([
          import('../../compliance/standing.ts'),
          import('../../compliance/frameworks.ts'),
        ]);
        const framework = frameworkById(basis.frameworks, id);
        await withStore(context, async (store) => {
          const filter = await filterOf(store, context.config, options);
          const standing = await standingOf(store, framework, basis, filter);
          tellOfMissing(options, standing);
          if (options.output === 'html') await writeReport(store, context.config, basis, standing);
          else await renderStanding(standing, { ...options, output: options.output });
        });
      },
    );
}

async function renderStanding(standing: FrameworkStanding, options: OutputOptions): Promise<void> {
  const [
    { changesText, complianceJson, complianceRows, coverageText, percentText },
    { renderJson, renderList },
  ] = await Promise.all([import('../../report/compliance-text.ts'), import('../output/render.ts')]);
  if (options.output === 'json') return renderJson(complianceJson(standing));
  const of = ({ id, title, section, state }: StandingRequirement) => ({ id, title, section, state });
  if (options.output === 'csv') {
    const { framework, version } = standing;
    return renderList(options, {
      rows: complianceRows(standing),
      columns: [
        { header: 'FRAMEWORK', value: () => framework },
        { header: 'VERSION', value: () => version },
        { header: 'REQUIREMENT', value: ({ requirement }) => requirement.id },
        { header: 'TITLE', value: ({ requirement }) => requirement.title },
        { header: 'SECTION', value: ({ requirement }) => requirement.section },
        { header: 'STATE', value: ({ requirement }) => requirement.state },
        { header: 'CHANGE', value: ({ requirement }) => requirement.change },
        { header: 'FAILING SINCE', value: ({ requirement }) => requirement.failingSince },
        { header: 'ACCOUNT STATES', value: ({ requirement }) => statesText(requirement) },
        { header: 'CHECK', value: ({ check }) => check?.checkId ?? null },
        { header: 'MAPPING', value: ({ check }) => check?.mapping ?? null },
        { header: 'PASS', value: ({ check }) => check?.pass ?? null },
        { header: 'FAIL', value: ({ check }) => check?.fail ?? null },
        { header: 'UNKNOWN', value: ({ check }) => check?.unknown ?? null },
        { header: 'SUPPRESSED', value: ({ check }) => check?.suppressed ?? null },
      ],
      record: ({ requirement, check }) => ({ ...of(requirement), ...check }),
      json: (rows) => rows,
      empty: 'No requirements.',
    });
  }
  await renderList<StandingRequirement>(options, {
    rows: standing.requirements,
    columns: [
      { header: 'ID', value: ({ id }) => id },
      { header: 'STATE', value: ({ state }) => state, shows: 'state' },
      { header: 'CHANGE', value: ({ change }) => change, rank: 4 },
      { header: 'TITLE', value: ({ title }) => title, least: 20 },
      { header: 'FAILING', value: ({ checks }) => failingText(checks), least: 12, rank: 4 },
      { header: 'FAILING SINCE', value: ({ failingSince }) => failingSince?.slice(0, 10) ?? null, rank: 3 },
      { header: 'ACCEPTED', value: ({ checks }) => sumOf(checks, 'suppressed'), rank: 5 },
      { header: 'CHECKS', value: ({ checks }) => checks.length, rank: 3 },
      { header: 'MAPPING', value: ({ mapping }) => mapping, rank: 2 },
      { header: 'SECTION', value: ({ section }) => section, wide: true },
      { header: 'ACCOUNT STATES', value: statesText, wide: true },
    ],
    json: (requirements) => ({ requirements }),
    empty: 'No requirements.',
  });
  const { name, version, score, requirements } = standing;
  tell(
    `${name} ${version}: ${percentText(score)} pass (${score.pass} pass, ${score.fail} fail, ${score.unknown} unknown).`,
  );
  tell(coverageText(score));
  const changes = changesText(requirements);
  if (changes !== null) tell(changes);
}

/** Which checks fail, and how often. */
function failingText(checks: StandingRequirement['checks']): string {
  return checks
    .filter(({ fail }) => fail > 0)
    .map(({ checkId, fail }) => `${checkId} (${fail})`)
    .join(' ');
}

function sumOf(checks: StandingRequirement['checks'], count: 'suppressed'): number {
  return checks.reduce((sum, check) => sum + check[count], 0);
}

function statesText({ states }: StandingRequirement): string {
  return Object.entries(states)
    .map(([accountId, state]) => `${accountId}=${state}`)
    .join(' ');
}

async function writeReport(
  store: Store,
  config: Config,
  basis: ComplianceBasis,
  standing: FrameworkStanding,
): Promise<void> {
  const [{ reportOf }, { complianceHtml }, { directoryOf }, { write }] = await Promise.all([
    import('../../compliance/report.ts'),
    import('../../report/compliance-html.ts'),
    import('../filters.ts'),
    import('../output/write.ts'),
  ]);
  const { names } = await directoryOf(store, config);
  const { organizationId } = config.general;
  write(
    complianceHtml(
      await reportOf(store, standing, basis, { organizationId, names, resources: RESOURCES_SHOWN }),
    ),
  );
}

async function filterOf(store: Store, config: Config, { account }: AccountOptions) {
  const { storeFilter } = await import('../filters.ts');
  return storeFilter(store, config, account === undefined ? {} : { account });
}

async function withStore(
  { config, logger }: CommandContext,
  work: (store: Store) => Promise<void>,
): Promise<void> {
  const { openMigratedStore } = await import('../../store/database/open.ts');
  const store = await openMigratedStore(config, logger);
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

/** An empty result would pass for good news. */
function tellOfMissing({ account }: AccountOptions, summary: FrameworkSummary | undefined): void {
  if ((summary?.accounts.length ?? 0) > 0) return;
  const which = account === undefined ? 'No account has' : 'None of these accounts has';
  tell(`${which} been scanned by checks yet: vedette scan run --source checks.`);
}
