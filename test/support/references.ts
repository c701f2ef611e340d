import type { Command } from 'commander';
import { HTTP_STATUSES } from '../../src/api/problem.ts';
import type { ComplianceBasis } from '../../src/compliance/basis.ts';
import { frameworksOf, requirementsOf } from '../../src/compliance/framework.ts';
import type { SettingGroup } from '../../src/config/setting.ts';
import { failureKinds } from '../../src/errors.ts';
import type { FailureType } from '../../src/model/failure.ts';
import { SEARCH_ATTRIBUTES, WORKFLOWS } from '../../src/model/names.ts';
import { settings } from '../../src/settings.ts';

/** The reference pages that are made from the declarations in the code. */

const NOTE = 'This page is made from the declarations in the code (`npm run docs`); change those, not this.';

const GROUPS: Record<string, string> = {
  general: 'General',
  database: 'Database',
  mail: 'E-mail',
  channels: 'Other channels',
  aws: 'AWS',
  temporal: 'Temporal',
  artifacts: 'Artifacts',
  worker: 'Worker processes',
  api: 'API and dashboard',
  checks: 'Checks',
  scoutsuite: 'ScoutSuite',
  view360: 'View360',
};

export function configurationReference(): string {
  const sections = Object.entries<SettingGroup>(settings).map(([group, members]) => {
    const rows = Object.entries(members).map(([name, { env, schema, doc, secret, trusted }]) => {
      const fallback = schema.safeParse(undefined);
      const value: unknown = fallback.success ? fallback.data : undefined;
      return row(
        `\`${env}\``,
        `\`${group}.${name}\``,
        defaultText(env, value),
        [doc, secret && 'Secret.', trusted && 'Says what is run.'].filter(Boolean).join(' '),
      );
    });
    return [
      `## ${GROUPS[group] ?? group}`,
      '',
      row('Variable', 'In vedette.yaml', 'Default', 'Meaning'),
      ruleOf(4),
      ...rows,
    ];
  });
  return page('Configuration', [
    'A value is taken from the first place that has it: a flag of the command, the environment, `.env`, ' +
      '`vedette.yaml` (both in the working directory), the default. `vedette config show` tells where each value comes ' +
      'from; `vedette config validate` checks them. What says what is run is not taken from a file in a folder that another user can write to. An empty variable counts as not set. Durations are written `90s`, ' +
      '`15m`, `6h`, `2d`; lists are comma-separated in variables and lists in YAML.',
    '',
    ...sections.flatMap((section) => [...section, '']),
  ]);
}

function defaultText(env: string, value: unknown): string {
  if (env === 'VEDETTE_HOME') return '`~/.vedette`';
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  if (typeof value === 'number' && /TIMEOUT|WINDOW/.test(env)) {
    const hours = value / 3_600_000;
    return `\`${hours >= 1 ? `${hours}h` : `${value / 60_000}m`}\``;
  }
  return `\`${Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

export function errorReference(): string {
  const rows = Object.entries(failureKinds).map(([type, { exitCode, retryable, remedy }]) =>
    row(
      `\`${type}\``,
      String(exitCode),
      String(HTTP_STATUSES[type as FailureType]),
      retryable ? 'yes' : 'no',
      remedy,
    ),
  );
  return page('Failures', [
    'Every failure that vedette knows has a type. It is the `type` of an error in JSON output, the `failure` of ' +
      'an answer of the API, and the type of the failure in Temporal. *Retried* says whether a workflow tries the same step again by itself.',
    '',
    row('Type', 'Exit code', 'HTTP status', 'Retried', 'What to do'),
    ruleOf(5),
    ...rows,
    '',
    '## Exit codes',
    '',
    '0 done · 1 failed · 2 wrong usage or configuration · 3 `--fail-on` level reached · 4 credentials or permission · ' +
      '5 some accounts failed, others done · 6 nothing to scan · 130 interrupted',
    '',
    '## Names in Temporal',
    '',
    `Workflows: ${Object.values(WORKFLOWS)
      .map((name) => `\`${name}\``)
      .join(', ')}. ` +
      `Search attributes: ${Object.values(SEARCH_ATTRIBUTES)
        .map((name) => `\`${name}\``)
        .join(', ')}.`,
    '',
  ]);
}

/** Every check by its service, and every framework with how much of it checks bear on. */
export function checkReference({ checks, frameworks }: ComplianceBasis): string {
  const all = [...checks.values()];
  const services = [...new Set(all.map(({ service }) => service))].toSorted();
  const sections = services.flatMap((service) => [
    `## ${service}`,
    '',
    row('Check', 'Level', 'Depth', 'Fails when', 'Elsewhere'),
    ruleOf(5),
    ...all
      .filter((check) => check.service === service)
      .map(({ id, title, level, depth, failsWhen, equivalents }) => {
        const elsewhere = equivalents.flatMap(({ ids }) => ids).map((other) => `\`${other}\``);
        return row(`\`${id}\`<br>${cell(title)}`, level, depth, cell(failsWhen), elsewhere.join(' '));
      }),
    '',
  ]);
  const known = frameworks.map((framework) => {
    const requirements = requirementsOf(framework);
    const reached = requirements.filter((one) => one.checks.some(({ checkId }) => checks.has(checkId)));
    const mapped = all.filter(({ id }) => frameworksOf([framework], id).length > 0);
    const own = mapped.filter(({ id }) => id in framework.own);
    return row(
      `\`${framework.id}\``,
      `${framework.name} ${framework.version}`,
      String(requirements.length),
      String(reached.length),
      String(mapped.length),
      String(own.length),
    );
  });
  return page('Checks', [
    'The checks of source [checks](../sources/checks.md). `vedette check show ID` tells more of each: what to do, the ' +
      'calls that it needs, its thresholds, and the requirements that it bears on. _Elsewhere_ are the names that ' +
      'Prowler, Security Hub and ScoutSuite have for the same.',
    '',
    ...sections,
    '## Frameworks',
    '',
    'How many requirements a framework has, on how many of them checks bear, how many checks are mapped, and for how ' +
      'many of those a mapping is our own ([what that means](../guides/compliance.md#whose-mapping-it-is)).',
    '',
    row('Id', 'Framework', 'Requirements', 'With checks', 'Checks', 'Mapped by us'),
    ruleOf(6),
    ...known,
    '',
  ]);
}

function cell(text: string): string {
  return escapeCell(text).replaceAll(/[<>*_]/g, (character) => `\\${character}`);
}

export function commandReference(program: Command): string {
  return page('Commands', leaves(program).flatMap(commandSection));
}

function commandSection(command: Command): string[] {
  const help = command.createHelp();
  const title = pathOf(command);
  const options = command.options.map((option) =>
    row(`\`${escapeCell(option.flags)}\``, escapeCell(help.optionDescription(option))),
  );
  const usage = `${title} ${command.usage()}`.trim();
  const table = options.length === 0 ? [] : [row('Option', 'Meaning'), ruleOf(2), ...options, ''];
  return [`## ${title}`, '', sentence(command.description()), '', '```', usage, '```', '', ...table];
}

function leaves(command: Command): Command[] {
  return command.commands.length === 0
    ? [command]
    : command.commands.filter((child) => !child.name().startsWith('_')).flatMap(leaves);
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function page(title: string, lines: readonly string[]): string {
  return `${[`# ${title}`, '', NOTE, '', ...lines].join('\n').trimEnd()}\n`;
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function ruleOf(columns: number): string {
  return row(...Array.from({ length: columns }, () => '---'));
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
