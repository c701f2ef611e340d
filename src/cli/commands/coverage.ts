import { Command, Option } from 'commander';
import type { documentedReport } from '../../coverage/scoring/documented.ts';
import { VedetteError } from '../../errors.ts';
import { COVERAGE_STATUSES } from '../../model/coverage.ts';
import { openContext } from '../command-context.ts';
import { fieldsOption, listOption, outputOption } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';

const DAY_MS = 86_400_000;

interface AccountOptions {
  account?: string[];
}

interface ShowOptions extends AccountOptions {
  attack: '18.1' | '19.1';
  output: OutputOptions['output'] | 'navigator' | 'html';
}

export function coverageCommand(): Command {
  const command = new Command('coverage').description(
    'which attacks (MITRE ATT&CK) the detections of the accounts would notice',
  );
  command.addCommand(showCommand());
  command.addCommand(detectionsCommand());
  command.addCommand(unseenCommand());
  command.addCommand(gapsCommand());
  command.addCommand(techniqueCommand());
  command.addCommand(controlsCommand());
  command.addCommand(templateCommand());
  command.addCommand(historyCommand());
  command.addCommand(correctCommand());
  command.addCommand(mapCommand());
  return command;
}

function accountOption(): Option {
  return listOption('--account <id|name>', 'of these accounts; default all');
}

/** What the newest scans have found, and what it comes to. */
async function readReport(
  self: Command,
  options: AccountOptions,
  attack: '18.1' | '19.1' = '18.1',
  lostSince?: string,
) {
  const context = await openContext(self);
  const [
    { readStore },
    { directoryOf, storeFilter },
    { readCoverage, readHistory },
    { listCorrections },
    { openEventsByService },
    { reportOf },
  ] = await Promise.all([
    import('../read-store.ts'),
    import('../filters.ts'),
    import('../../store/coverage/coverage.ts'),
    import('../../store/coverage/corrections.ts'),
    import('../../store/coverage/open-events.ts'),
    import('../../coverage/scoring/accounts.ts'),
  ]);
  const found = await readStore(context, async (store) => {
    const filter = await storeFilter(store, context.config, options);
    const scans = await readCoverage(store, filter);
    const corrections = await listCorrections(store, filter.organizationId);
    const { names } = await directoryOf(store, context.config);
    const open = await openEventsByService(store, filter);
    const past = lostSince === undefined ? null : await readHistory(store, filter, lostSince);
    return { scans, corrections, open, names, past, organizationId: filter.organizationId };
  });
  if (found === undefined || found.scans.length === 0) {
    throw new VedetteError('not-found', 'No scan has looked for detections yet.', {
      remedy: 'Run vedette scan run --source detections.',
    });
  }
  return { ...found, report: reportOf(found.scans, found.corrections, attack) };
}

function showCommand(): Command {
  return new Command('show')
    .description('how much of ATT&CK healthy detections see, technique by technique')
    .addOption(accountOption())
    .addOption(
      new Option('--attack <version>', 'the version of ATT&CK to speak of')
        .choices(['18.1', '19.1'])
        .default('18.1'),
    )
    .addOption(
      new Option('-o, --output <format>', 'how to print the result; html is a report to print')
        .choices(['table', 'wide', 'json', 'jsonl', 'csv', 'navigator', 'html'])
        .default('table'),
    )
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
Examples:
  $ vedette coverage show --account prod
  $ vedette coverage show -o navigator > layer.json     for the ATT&CK Navigator
  $ vedette coverage show -o html > coverage.html       for people without access`,
    )
    .action(async (options: ShowOptions, self: Command) => {
      const lostSince = options.output === 'html' ? await beginningOfReport() : undefined;
      const found = await readReport(self, options, options.attack, lostSince);
      const { report, scans } = found;
      const [{ renderJson, renderList }, { documentedReport }, { navigatorLayer }, { tell }] =
        await Promise.all([
          import('../output/render.ts'),
          import('../../coverage/scoring/documented.ts'),
          import('../../coverage/scoring/navigator.ts'),
          import('../output/write.ts'),
        ]);
      const { output } = options;
      if (output === 'navigator') return renderJson(navigatorLayer(report));
      const documented = documentedReport(report, scans);
      if (output === 'html') return writeReport(found, documented);
      if (output === 'json') return renderJson(documented);
      await renderList(
        { ...options, output },
        {
          rows: documented.techniques,
          columns: [
            { header: 'TECHNIQUE', value: ({ id }) => id, name: 'id' },
            { header: 'NAME', value: ({ name }) => name, least: 16 },
            { header: 'STATUS', value: ({ status }) => status },
            { header: 'EFFECTIVE', value: ({ effective }) => effective },
            {
              header: 'TECHNIQUE %',
              value: ({ techniqueCoverage }) => techniqueCoverage,
              name: 'techniqueCoverage',
              rank: 4,
            },
            {
              header: 'SERVICE %',
              value: ({ serviceCoverage }) => serviceCoverage,
              name: 'serviceCoverage',
              rank: 3,
            },
            {
              header: 'UNCOVERED SERVICES',
              value: ({ uncoveredServices }) => uncoveredServices.join(' '),
              name: 'uncoveredServices',
              rank: 5,
              least: 12,
            },
            {
              header: 'DETECTIONS',
              value: ({ detections }) => detections.length,
              name: 'detections',
              rank: 2,
            },
          ],
          json: (techniques) => ({ techniques }),
          empty: 'No techniques.',
        },
      );
      const { covered, partial, uncovered, coveredByDetections, detections, unknown } = documented.summary;
      tell(
        `${covered} covered, ${partial} in part, ${uncovered} uncovered; by detections alone ${coveredByDetections} covered. ` +
          `${detections.healthy} healthy detections, ${detections.broken} broken, ${detections.unknown} not known.`,
      );
      for (const { accountId, unseen } of unknown) {
        if (unseen.length > 0)
          tell(`${accountId}: ${unseen.length} calls have no answer; what they hide may raise the figures.`);
      }
    });
}

/** Since when the report tells what was lost. */
async function beginningOfReport(): Promise<string> {
  const { LOST_SINCE_DAYS } = await import('../../coverage/report-html.ts');
  return new Date(Date.now() - LOST_SINCE_DAYS * DAY_MS).toISOString();
}

/** Gaps and broken detections go with it: whoever reads it can look nowhere else. */
async function writeReport(
  { scans, corrections, report, open, names, past, organizationId }: Awaited<ReturnType<typeof readReport>>,
  documented: ReturnType<typeof documentedReport>,
): Promise<void> {
  const [{ coverageHtml }, { documentedDetections }, { documentedGap, rankGaps }, { historyOf }, { write }] =
    await Promise.all([
      import('../../coverage/report-html.ts'),
      import('../../coverage/scoring/documented.ts'),
      import('../../coverage/scoring/gaps.ts'),
      import('../../coverage/scoring/history.ts'),
      import('../output/write.ts'),
    ]);
  write(
    coverageHtml({
      report: documented,
      gaps: rankGaps(report, open).map(documentedGap),
      detections: documentedDetections(scans, corrections),
      lost: past === null ? [] : historyOf(past, corrections).lost,
      names,
      organizationId,
      writtenAt: new Date().toISOString(),
    }),
  );
}

function detectionsCommand(): Command {
  return new Command('detections')
    .description('every detection, whether it works, and what it sees')
    .addOption(accountOption())
    .addOption(new Option('--health <health>', 'only these').choices(['healthy', 'broken', 'unknown']))
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
Examples:
  $ vedette coverage detections --health broken
  $ vedette coverage detections --account prod -o json`,
    )
    .action(async (options: AccountOptions & OutputOptions & { health?: string }, self: Command) => {
      const { scans, corrections } = await readReport(self, options);
      const [{ renderList }, { documentedDetections }] = await Promise.all([
        import('../output/render.ts'),
        import('../../coverage/scoring/documented.ts'),
      ]);
      await renderList(options, {
        rows: documentedDetections(scans, corrections, options.health),
        columns: [
          { header: 'HEALTH', value: ({ health }) => health },
          { header: 'KIND', value: ({ kind }) => kind },
          { header: 'NAME', value: ({ name }) => name, least: 16 },
          { header: 'ACCOUNT', value: ({ accountId }) => accountId, name: 'accountId', rank: 3 },
          { header: 'REGION', value: ({ region }) => region, rank: 4 },
          { header: 'TECHNIQUES', value: ({ techniques }) => techniques.join(' '), rank: 5, least: 10 },
          {
            header: 'WHY',
            value: ({ reasons }) => reasons.map(({ text }) => text).join(' '),
            name: 'reasons',
            rank: 2,
            least: 16,
          },
          {
            header: 'SERVICES',
            value: ({ targetServices }) => targetServices.join(' '),
            name: 'targetServices',
            wide: true,
          },
          { header: 'ID', value: ({ id }) => id, wide: true },
        ],
        // Reasons by their codes, as documented; the rest is in the dashboard and in the events.
        record: ({ reasons, ...detection }) => ({
          ...detection,
          reasons: reasons.map(({ code }) => code),
          health: detection.health,
        }),
        json: (detections) => detections,
        empty: 'No detections.',
      });
    });
}

function unseenCommand(): Command {
  return new Command('unseen')
    .description('what the newest scans were not allowed to see, and what may hide there')
    .addOption(accountOption())
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText('after', '\nExamples:\n  $ vedette coverage unseen --account prod')
    .action(async (options: AccountOptions & OutputOptions, self: Command) => {
      const { scans } = await readReport(self, options);
      const [{ renderList }, { tell }] = await Promise.all([
        import('../output/render.ts'),
        import('../output/write.ts'),
      ]);
      await renderList(options, {
        rows: scans.flatMap(({ accountId, unseen }) => unseen.map((one) => ({ accountId, ...one }))),
        columns: [
          { header: 'ACCOUNT', value: ({ accountId }) => accountId, name: 'accountId' },
          { header: 'CALL', value: ({ call }) => call },
          { header: 'REGION', value: ({ region }) => region },
          { header: 'REASON', value: ({ reason }) => reason },
        ],
        json: (unseen) => ({ unseen }),
        empty: 'Every call was answered.',
      });
      for (const { accountId, servicesUnknown } of scans) {
        if (servicesUnknown.length > 0)
          tell(`${accountId}: it is not known whether these are in use: ${servicesUnknown.join(', ')}.`);
      }
    });
}

function gapsCommand(): Command {
  return new Command('gaps')
    .description('techniques that nobody would notice, those first that most is open to')
    .addOption(accountOption())
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText('after', '\nExamples:\n  $ vedette coverage gaps --account prod')
    .action(async (options: AccountOptions & OutputOptions, self: Command) => {
      const { report, open } = await readReport(self, options);
      const [{ renderList }, { documentedGap, rankGaps }] = await Promise.all([
        import('../output/render.ts'),
        import('../../coverage/scoring/gaps.ts'),
      ]);
      await renderList(options, {
        rows: rankGaps(report, open).map(documentedGap),
        columns: [
          { header: 'TECHNIQUE', value: ({ id }) => id, name: 'id' },
          { header: 'NAME', value: ({ name }) => name, least: 16 },
          { header: 'STATUS', value: ({ status }) => status },
          { header: 'EFFECTIVE', value: ({ effective }) => effective, rank: 2 },
          { header: 'EXPOSURE', value: ({ exposure }) => exposure },
          {
            header: 'OPEN IN',
            value: ({ openServices }) => openServices.join(' '),
            name: 'openServices',
            rank: 4,
            least: 10,
          },
          {
            header: 'UNCOVERED',
            value: ({ uncoveredServices }) => uncoveredServices.join(' '),
            name: 'uncoveredServices',
            rank: 5,
            least: 10,
          },
        ],
        json: (gaps) => ({ gaps }),
        empty: 'No gaps.',
      });
    });
}

function techniqueCommand(): Command {
  return new Command('technique')
    .description('one technique: who sees it, how well, and what is missing')
    .argument('<id>', 'e.g. T1562.008')
    .addOption(accountOption())
    .addOption(outputOption(['table', 'json']))
    .addHelpText('after', '\nExamples:\n  $ vedette coverage technique T1562.008')
    .action(async (id: string, options: AccountOptions & { output: 'table' | 'json' }, self: Command) => {
      const wanted = id.toUpperCase();
      const [{ attackOf }, { documentedTechnique }, { renderDetail, renderJson }] = await Promise.all([
        import('../../coverage/attack.ts'),
        import('../../coverage/scoring/documented.ts'),
        import('../output/render.ts'),
      ]);
      const { byId, techniques: cloud } = attackOf();
      if (!cloud.some((technique) => technique.id === wanted)) throw notOfClouds(wanted, byId.has(wanted));
      const { report } = await readReport(self, options);
      const technique = report.techniques.find((one) => one.id === wanted);
      if (technique === undefined) throw notOfClouds(wanted, true);
      const shown = documentedTechnique(technique);
      if (options.output === 'json') return renderJson(shown);
      renderDetail({
        title: `${shown.id} ${shown.name}`,
        badges: [shown.status],
        parts: [
          {
            facts: [
              ['Tactics', shown.tactics.join(', ')],
              ['Effective', percent(shown.effective)],
              ['Technique', percent(shown.techniqueCoverage)],
              ['Services', percent(shown.serviceCoverage)],
              ['Seen in', shown.coveredServices.join(', ')],
              ['Not seen in', shown.uncoveredServices.join(', ')],
              ['By detections alone', shown.statusByDetections],
            ],
          },
          {
            title: 'Regions without a detection',
            lines: shown.missingRegions.map(({ service, regions }) => `${service}: ${regions.join(', ')}`),
          },
          {
            title: 'Detections',
            lines: shown.detections.map(
              ({ name, kind, health, score, evidence }) =>
                `${name} (${kind}, ${health}, ${score}): ${evidence[0] ?? ''}`,
            ),
          },
        ],
      });
    });
}

function controlsCommand(): Command {
  return new Command('controls')
    .description('controls of frameworks, those first that detections speak worst of')
    .addOption(accountOption())
    .addOption(
      new Option('--framework <id>', 'only of this framework').choices([
        'cis-controls-v8',
        'nist-800-53-r5',
        'csa-ccm-4.1',
      ]),
    )
    .addOption(new Option('--status <status>', 'only these').choices([...COVERAGE_STATUSES]))
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
Examples:
  $ vedette coverage controls --framework cis-controls-v8
  $ vedette coverage controls --status partial -o csv`,
    )
    .action(
      async (
        options: AccountOptions & OutputOptions & { framework?: string; status?: string },
        self: Command,
      ) => {
        const { report, scans } = await readReport(self, options);
        const [{ renderList }, { documentedReport }] = await Promise.all([
          import('../output/render.ts'),
          import('../../coverage/scoring/documented.ts'),
        ]);
        const rows = documentedReport(report, scans)
          .controls.filter(
            ({ framework, status }) =>
              (options.framework ?? framework) === framework && (options.status ?? status) === status,
          )
          // Those of which detections say nothing come last.
          .toSorted((one, other) => (one.effective ?? 101) - (other.effective ?? 101));
        await renderList(options, {
          rows,
          columns: [
            { header: 'FRAMEWORK', value: ({ framework }) => framework },
            { header: 'CONTROL', value: ({ id }) => id, name: 'id' },
            { header: 'TITLE', value: ({ title }) => title, least: 16 },
            { header: 'STATUS', value: ({ status }) => status },
            { header: 'EFFECTIVE', value: ({ effective }) => effective },
            {
              header: 'TECHNIQUE %',
              value: ({ techniqueCoverage }) => techniqueCoverage,
              name: 'techniqueCoverage',
              rank: 3,
            },
            {
              header: 'SERVICE %',
              value: ({ serviceCoverage }) => serviceCoverage,
              name: 'serviceCoverage',
              rank: 2,
            },
            {
              header: 'UNCOVERED SERVICES',
              value: ({ uncoveredServices }) => uncoveredServices.join(' '),
              name: 'uncoveredServices',
              rank: 4,
              least: 12,
            },
            {
              header: 'COVERED SERVICES',
              value: ({ coveredServices }) => coveredServices.join(' '),
              name: 'coveredServices',
              wide: true,
            },
            {
              header: 'TECHNIQUES',
              value: ({ techniques }) => techniques.join(' '),
              wide: true,
            },
          ],
          json: (controls) => ({ controls }),
          empty: 'No controls.',
        });
      },
    );
}

function percent(value: number | null): string | null {
  return value === null ? null : `${value} %`;
}

function notOfClouds(id: string, exists: boolean): VedetteError {
  return new VedetteError(
    'usage',
    exists
      ? `${id} is no technique that shows in a cloud account.`
      : `${JSON.stringify(id)} is no technique of ATT&CK 18.1.`,
    { remedy: 'vedette coverage show lists the techniques.' },
  );
}

function templateCommand(): Command {
  return new Command('template')
    .description('a rule that notices a technique, ready to be deployed')
    .argument('<technique>', 'e.g. T1562.008')
    .addOption(new Option('--provider <provider>', 'for which cloud').choices(['aws', 'gcp']).default('aws'))
    .addOption(
      new Option('--format <format>', 'in which language')
        .choices(['terraform', 'cloudformation'])
        .default('terraform'),
    )
    .addHelpText(
      'after',
      `
Examples:
  $ vedette coverage template T1562.008 > t1562-008.tf
  $ vedette coverage template T1485 --format cloudformation > t1485.yaml
  $ vedette coverage template T1098.001 --provider gcp`,
    )
    .action(
      async (
        technique: string,
        { provider, format }: { provider: 'aws' | 'gcp'; format: 'terraform' | 'cloudformation' },
      ) => {
        const [{ generateTemplate }, { write }] = await Promise.all([
          import('../../coverage/templates/generate.ts'),
          import('../output/write.ts'),
        ]);
        write(generateTemplate(technique.toUpperCase(), provider, format).text);
      },
    );
}

function historyCommand(): Command {
  return new Command('history')
    .description('how coverage went on, and what was lost or won since a time, and why')
    .addOption(accountOption())
    .option('--since <when>', 'a date, or how long ago', '30d')
    .addOption(outputOption(['table', 'json']))
    .addHelpText('after', '\nExamples:\n  $ vedette coverage history --since 7d')
    .action(async (options: AccountOptions & { since: string; output: 'table' | 'json' }, self: Command) => {
      const { moment } = await import('../options.ts');
      const since = moment(options.since);
      const context = await openContext(self);
      const [{ readStore }, { storeFilter }, { readHistory }, { listCorrections }, { historyOf }, render] =
        await Promise.all([
          import('../read-store.ts'),
          import('../filters.ts'),
          import('../../store/coverage/coverage.ts'),
          import('../../store/coverage/corrections.ts'),
          import('../../coverage/scoring/history.ts'),
          import('../output/render.ts'),
        ]);
      const found = await readStore(context, async (store) => {
        const filter = await storeFilter(store, context.config, options);
        return {
          known: await readHistory(store, filter, since),
          corrections: await listCorrections(store, filter.organizationId),
        };
      });
      const history = historyOf(
        found?.known ?? { scans: [], before: [], now: [], states: [] },
        found?.corrections ?? [],
      );
      if (options.output === 'json') return render.renderJson(history);
      const told = (changes: typeof history.lost): string[] =>
        changes.map(({ id, name, from, to, since: changed, because }) => {
          const when = changed === null ? '' : ` since ${changed}`;
          const why = because.length === 0 ? '' : `, because ${because.join('; ')}`;
          return `${id} ${name}: ${from} to ${to}${when}${why}`;
        });
      render.renderDetail({
        title: `Coverage since ${since}`,
        parts: [
          {
            title: 'Scans',
            lines: history.scans.map(
              ({ scanTime, accountId, figures }) =>
                `${scanTime} ${accountId}: ${figures.covered} covered, ${figures.partial} in part, ${figures.uncovered} uncovered`,
            ),
          },
          { title: 'Lost', lines: told(history.lost) },
          { title: 'Won', lines: told(history.won) },
        ],
      });
    });
}

function correctCommand(): Command {
  return new Command('correct')
    .description('say that a detection sees a technique, or does not: it holds for every later scan')
    .argument('<detection>', 'its id, as coverage detections -o json gives it')
    .argument('<technique>', 'e.g. T1562.008')
    .option('--no-covers', 'it does not see it')
    .option('--reason <text>', 'why')
    .option('--undo', 'take the correction back')
    .addHelpText(
      'after',
      `
Examples:
  $ vedette coverage correct arn:aws:events:…:rule/root-login T1078.004 --reason "tried with a drill"
  $ vedette coverage correct arn:aws:events:…:rule/noise T1580 --no-covers --reason "nobody reads it"`,
    )
    .action(
      async (
        detectionId: string,
        technique: string,
        options: { covers: boolean; reason?: string; undo?: true },
        self: Command,
      ) => {
        const techniqueId = technique.toUpperCase();
        const { attackOf } = await import('../../coverage/attack.ts');
        const { byId, techniques } = attackOf();
        if (!techniques.some(({ id }) => id === techniqueId))
          throw notOfClouds(techniqueId, byId.has(techniqueId));
        const { reason } = options;
        if (reason === undefined && options.undo === undefined) {
          throw new VedetteError('usage', 'A correction needs a reason.', {
            remedy: 'Give one with --reason.',
          });
        }
        const [{ withStore }, { correctMapping, removeCorrection }, { personAtThisMachine }, { tell }] =
          await Promise.all([
            import('../with-store.ts'),
            import('../../store/coverage/corrections.ts'),
            import('../person.ts'),
            import('../output/write.ts'),
          ]);
        await withStore(await openContext(self), async (store, { config }) => {
          const { organizationId } = config.general;
          if (options.undo) return removeCorrection(store, organizationId, { detectionId, techniqueId });
          await correctMapping(store, organizationId, {
            detectionId,
            techniqueId,
            covers: options.covers,
            reason: reason as string,
            by: personAtThisMachine(),
          });
        });
        tell(options.undo ? 'Taken back.' : 'Noted; it holds from now on.');
      },
    );
}

function mapCommand(): Command {
  return new Command('map')
    .description('rank the techniques that rules see, from a file; needs no account and no database')
    .argument('<file>', 'JSON lines, a rule each: id, provider, events')
    .addOption(outputOption(['table', 'json', 'jsonl']))
    .addHelpText(
      'after',
      `
A line: {"id": "r1", "provider": "aws", "events": [{"source": "s3.amazonaws.com", "name": "DeleteBucket"}]}

Examples:
  $ vedette coverage map rules.jsonl -o jsonl
  $ vedette coverage map rules.jsonl`,
    )
    .action(async (file: string, options: OutputOptions) => {
      const [{ rankTechniques, rulesOf }, { attackOf }, { renderList }] = await Promise.all([
        import('../../coverage/mapping/rules-file.ts'),
        import('../../coverage/attack.ts'),
        import('../output/render.ts'),
      ]);
      async function* ranked() {
        for await (const rule of rulesOf(file)) yield rankTechniques(rule);
      }
      const { byId } = attackOf();
      const shown = (index: number) => ({
        header: ['FIRST', 'SECOND', 'THIRD'][index] as string,
        value: ({ techniques }: ReturnType<typeof rankTechniques>) => {
          const technique = techniques[index];
          if (technique === undefined) return '';
          return `${technique.id} ${byId.get(technique.id)?.name ?? ''} (${technique.score})`;
        },
        least: 16,
      });
      await renderList(options, {
        rows: ranked(),
        columns: [{ header: 'RULE', value: ({ id }) => id }, shown(0), shown(1), shown(2)],
        json: (rules) => ({ rules }),
        empty: 'No rules.',
      });
    });
}
