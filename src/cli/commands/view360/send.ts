import { Command, Option } from 'commander';
import { ExitCode, reportOf, VedetteError } from '../../../errors.ts';
import { INTERVALS } from '../../../model/view360.ts';
import type { Interval } from '../../../model/view360.ts';
import type { Period } from '../../../view360/periods.ts';
import type { SentPayload } from '../../../view360/send.ts';
import { openContext } from '../../command-context.ts';
import type { CommandContext } from '../../command-context.ts';
import { listOption, outputOption } from '../../options.ts';
import type { OutputFormat } from '../../output/render.ts';
import { stderrOnTerminal, tell } from '../../output/write.ts';

interface SendOptions {
  account?: string[];
  interval: Interval;
  date?: string;
  history?: true;
  start?: string;
  end?: string;
  to?: string;
  dryRun?: true;
  allowUnencrypted?: true;
  yes?: true;
  output: OutputFormat;
}

export function sendCommand(): Command {
  return new Command('send')
    .description('collect what an account is, costs and complies with, and send it')
    .addOption(
      listOption(
        '--account <name|id>',
        'of these accounts; without it, of the one whose credentials this machine has',
      ),
    )
    .addOption(
      new Option('--interval <interval>', 'the period that it is about')
        .choices([...INTERVALS])
        .default('DAILY'),
    )
    .option('--date <day>', 'the period that this day is in; default the last whole one')
    .option('--history', 'a payload for each period from --start to --end')
    .option('--start <day>', 'first day, as 5-9-2025 or 2025-09-05; default 1 January')
    .option('--end <day>', 'last day; default yesterday')
    .option('--to <place>', 's3://bucket/prefix or file:folder; default the bucket that BUCKET names')
    .option('--allow-unencrypted', 'send without ANALYTICS_KMS_KEY: the encryption of the bucket holds')
    .option('--dry-run', 'collect, and say what would be sent; send nothing')
    .option('--yes', 'do not ask before a backfill what it costs')
    .addOption(outputOption(['table', 'json', 'jsonl']))
    .addHelpText(
      'after',
      `
Examples:
  $ vedette view360 send --dry-run
  $ vedette view360 send --account prod --to file:payloads
  $ vedette view360 send --history --start 5-9-2025 --end 10-9-2025
  $ vedette view360 send --interval MONTHLY --date 2025-08-31

Cost Explorer takes 0.01 USD for each request. A backfill tells its price and asks.
Exit codes: 1 when nothing could be sent, 5 when something failed, in an account or in a section.`,
    )
    .action(async (options: SendOptions, self: Command) => {
      const context = await openContext(self);
      const { destinationOf, sendPayloads } = await import('../../../view360/send.ts');
      const periods = await periodsOf(options);
      const destination =
        options.dryRun === true
          ? undefined
          : destinationOf(options.to, options.allowUnencrypted === true, context.config);
      const targets = await targetsOf(options.account, context);
      await agreeOnPrice(options, periods.length * targets.length, context);
      const sent: SentPayload[] = [];
      let failed = 0;
      const work = {
        signal: context.signal,
        logger: context.logger,
        onProgress: (line: string) => progress(line),
      };
      for (const { name, open } of targets) {
        try {
          const request = {
            interval: options.interval,
            periods,
            isHistory: options.history === true,
            destination,
          };
          for await (const one of sendPayloads(await open(), name, request, context.config, work))
            sent.push(one);
        } catch (error) {
          context.signal.throwIfAborted();
          if (targets.length === 1) throw error;
          failed += 1;
          const { message, remedy } = reportOf(error);
          tell(`error: ${name}: ${message}\n  → ${remedy}`);
        }
      }
      await print(options, sent);
      if (sent.length === 0) process.exitCode = ExitCode.Failed;
      else if (failed > 0 || sent.some(({ status }) => status === 'Fail'))
        process.exitCode = ExitCode.SomeFailed;
    });
}

export function iamPolicyCommand(): Command {
  return new Command('iam-policy')
    .description('what a sender may do in an account, as the policy of its role')
    .addHelpText(
      'after',
      `
Example:
  $ vedette view360 iam-policy > sender-policy.json`,
    )
    .action(async () => {
      const [{ senderPolicy }, { renderJson }] = await Promise.all([
        import('../../../view360/policies.ts'),
        import('../../output/render.ts'),
      ]);
      renderJson(senderPolicy());
    });
}

/** The periods that are sent, in order. */
async function periodsOf({ interval, date, history, start, end }: SendOptions): Promise<Period[]> {
  const { addDays, dayOf, parseDay, parseRange, periodBefore, periodOf } =
    await import('../../../view360/periods.ts');
  const today = dayOf(new Date());
  if (history !== true) {
    if (start !== undefined || end !== undefined) {
      throw new VedetteError('usage', '--start and --end are for --history.', {
        remedy: 'Add --history, or name one period with --date.',
      });
    }
    return [date === undefined ? periodBefore(interval, today) : periodOf(interval, parseDay(date))];
  }
  if (date !== undefined) {
    throw new VedetteError('usage', '--date and --history exclude each other.', {
      remedy: 'Give --start and --end.',
    });
  }
  const first = start ?? `${today.slice(0, 4)}-01-01`;
  const range =
    start !== undefined && end !== undefined
      ? parseRange(start, end)
      : { start: parseDay(first), end: end === undefined ? addDays(today, -1) : parseDay(end) };
  const periods: Period[] = [];
  for (let day = range.start; day <= range.end; day = periods.at(-1)?.end ?? addDays(day, 1)) {
    periods.push(periodOf(interval, day));
  }
  return periods;
}

async function targetsOf(names: readonly string[] | undefined, { config, logger }: CommandContext) {
  const { ownAccess } = await import('../../../view360/send.ts');
  // Neither a database nor Temporal is needed where the sender runs in the account itself.
  if (names === undefined) return [{ name: 'this account', open: () => ownAccess(config) }];
  const [{ listTargets }, { matchAccounts }, { openAccess }, { lazyStore }] = await Promise.all([
    import('../../../accounts/targets.ts'),
    import('../../../accounts/select.ts'),
    import('../../../accounts/open-access.ts'),
    import('../../../store/database/open.ts'),
  ]);
  const { organizationId } = config.general;
  const database = lazyStore(config, logger);
  const known = await listTargets(organizationId, { config, store: database.get }, names);
  return names.flatMap((name) =>
    matchAccounts(known, name)
      .slice(0, 1)
      .map((target) => ({
        name: target.accountId ?? target.name,
        open: () => openAccess(target, organizationId, { config, store: database.get }),
      })),
  );
}

/** A backfill asks for each day anew: nobody should learn of that from the bill. */
async function agreeOnPrice(
  options: SendOptions,
  payloads: number,
  { config }: CommandContext,
): Promise<void> {
  if (options.history !== true) return;
  const { chosenSections, priceOf } = await import('../../../view360/send.ts');
  const { requests, usd } = priceOf(payloads, chosenSections(config).chosen);
  const told = `${payloads} payloads, about ${requests} requests to Cost Explorer: ${usd.toFixed(2)} USD.`;
  tell(told);
  if (options.yes === true || requests === 0) return;
  if (!process.stdin.isTTY || !stderrOnTerminal()) {
    throw new VedetteError('usage', `Nobody has agreed to the price: ${told}`, { remedy: 'Give --yes.' });
  }
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question('Go on? [y/N] ');
    if (!/^y(?:es)?$/i.test(answer.trim()))
      throw new VedetteError('usage', 'Nothing was sent.', { remedy: 'Answer y, or give --yes.' });
  } finally {
    terminal.close();
  }
}

function progress(line: string): void {
  if (stderrOnTerminal()) tell(line);
}

async function print({ output }: SendOptions, sent: readonly SentPayload[]): Promise<void> {
  const { renderList } = await import('../../output/render.ts');
  for (const { messages } of sent) {
    for (const { type, section, message } of messages) {
      if (type !== 'INFO') tell(`${type.toLowerCase()}: ${section}: ${message}`);
    }
  }
  const rows =
    output === 'table'
      ? sent.flatMap((one) => one.sections.map((section) => ({ ...one, one: section })))
      : [];
  if (output !== 'table') {
    await renderList<SentPayload>(
      { output },
      { rows: sent, columns: [], json: (records) => records, empty: 'Nothing was sent.' },
    );
    return;
  }
  await renderList(
    { output },
    {
      rows,
      columns: [
        { header: 'ACCOUNT', value: ({ accountId }) => accountId },
        { header: 'PERIOD', value: ({ period }) => period.start },
        { header: 'SECTION', value: ({ one }) => one.section },
        { header: 'STATUS', value: ({ one }) => one.status, shows: 'state' },
        { header: 'ROWS', value: ({ one }) => one.rows },
        { header: 'CALLS', value: ({ one }) => one.calls },
        { header: 'MS', value: ({ one }) => one.ms, rank: 3 },
        { header: 'SENT TO', value: ({ location }) => location, least: 16, rank: 2 },
      ],
      json: (records) => records,
      empty: 'Nothing was sent.',
    },
  );
}
