import { Command, Option } from 'commander';
import type { Level } from '../../model/level.ts';
import { openContext } from '../command-context.ts';
import { fieldsOption, levelsOption, listOption, outputOption } from '../options.ts';
import type { OutputFormat, OutputOptions } from '../output/render.ts';

interface ListOptions extends OutputOptions {
  service?: string[];
  depth?: 'quick' | 'standard' | 'deep';
  framework?: string[];
  level?: Level[];
}

export function checkCommand(): Command {
  const command = new Command('check').description('the catalogue of checks of source checks');
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  return command;
}

/** How far a scan by checks goes. */
export function depthOption(): Option {
  return new Option('--depth <depth>', 'of source checks: how far to go').choices([
    'quick',
    'standard',
    'deep',
  ]);
}

function listCommand(): Command {
  return new Command('list')
    .description('all checks, or those of some services, levels or frameworks, up to a depth')
    .addOption(listOption('--service <service>', 'of these services'))
    .addOption(depthOption())
    .addOption(listOption('--framework <framework>', 'of these frameworks, e.g. cis-5.0'))
    .addOption(levelsOption())
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
Examples:
  $ vedette check list --service s3,iam --level critical
  $ vedette check list --framework cis-5.0 -o csv`,
    )
    .action(async (options: ListOptions, self: Command) => {
      const { service = [], depth = 'deep', framework = [], level } = options;
      const { config } = await openContext(self);
      const [{ checksOf }, { knownFrameworks, selectChecks }, { frameworksOf }, { renderList }] =
        await Promise.all([
          import('../../sources/checks/checks-of.ts'),
          import('../../sources/checks/plan.ts'),
          import('../../compliance/framework.ts'),
          import('../output/render.ts'),
        ]);
      const catalogue = checksOf(config.checks);
      const { frameworksFolder } = config.checks;
      const known = knownFrameworks(frameworksFolder, catalogue);
      const chosen = selectChecks(
        { depth, services: service, frameworks: framework, checks: [], frameworksFolder },
        catalogue,
      );
      const rows = chosen
        .filter((check) => level === undefined || level.includes(check.level))
        .map(({ id, title, level: severity, depth: reached, service: of }) => ({
          id,
          title,
          severity,
          depth: reached,
          service: of,
          frameworks: [...new Set(frameworksOf(known, id).map((one) => one.id))],
        }));
      await renderList(options, {
        rows,
        columns: [
          { header: 'ID', value: (check) => check.id },
          { header: 'SEVERITY', value: (check) => check.severity, shows: 'level' },
          { header: 'DEPTH', value: (check) => check.depth },
          { header: 'SERVICE', value: (check) => check.service },
          { header: 'TITLE', value: (check) => check.title, least: 20 },
          { header: 'FRAMEWORKS', value: (check) => check.frameworks.join(' '), rank: 5, least: 12 },
        ],
        json: (checks) => ({ checks }),
        empty: 'No checks.',
      });
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('one check: when it fails, what to do, what it needs, and which requirements it bears on')
    .argument('<id>', 'its id, e.g. s3-bucket-public')
    .addOption(outputOption(['table', 'json']))
    .action(async (id: string, { output }: { output: OutputFormat }, self: Command) => {
      const { config } = await openContext(self);
      const [
        { checksOf },
        { knownFrameworks, selectChecks },
        { described },
        { frameworksOf },
        { renderDetail, renderJson },
      ] = await Promise.all([
        import('../../sources/checks/checks-of.ts'),
        import('../../sources/checks/plan.ts'),
        import('../../sources/checks/described.ts'),
        import('../../compliance/framework.ts'),
        import('../output/render.ts'),
      ]);
      const catalogue = checksOf(config.checks);
      const [check] = selectChecks({ depth: 'deep', services: [], frameworks: [], checks: [id] }, catalogue);
      if (check === undefined) return;
      const { level, ...rest } = described(check);
      const { title, service, depth, category, resourceType, equivalents } = rest;
      const frameworks = frameworksOf(knownFrameworks(config.checks.frameworksFolder, catalogue), id);
      const shown = {
        ...rest,
        severity: level,
        frameworks,
        equivalents: Object.fromEntries(equivalents.map(({ tool, ids }) => [tool, ids])),
      };
      if (output === 'json') renderJson(shown);
      else
        renderDetail({
          title,
          badges: [level],
          parts: [
            { title: 'Fails when', text: check.failsWhen },
            { title: 'What to do', text: check.remediation, lines: check.command ? [check.command] : [] },
            {
              title: 'What it looks at',
              facts: [
                ['Id', id],
                ['Service', service],
                ['Resource', resourceType],
                ['Category', category],
                ['Depth', depth],
                ['Calls', check.needs.join(', ')],
                ...Object.entries(check.parameters).map(
                  ([name, value]) => [`Threshold ${name}`, [value].flat().join(', ') || 'none'] as const,
                ),
              ],
            },
            {
              title: 'Requirements',
              facts: frameworks.map(({ id: framework, requirements, mapping }) => [
                framework,
                `${requirements.join(', ')}${mapping === 'own' ? ' (our own proposal)' : ''}`,
              ]),
            },
            {
              title: 'Elsewhere',
              facts: equivalents
                .filter(({ ids }) => ids.length > 0)
                .map(({ title: tool, ids }) => [tool, ids.join(', ')]),
            },
          ],
        });
    });
}
