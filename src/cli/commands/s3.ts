import { Command, Option } from 'commander';
import { OBJECT_STATUSES } from '../../model/object-ledger.ts';
import type { ObjectStatus } from '../../model/object-ledger.ts';
import { openContext } from '../command-context.ts';
import { fieldsOption, listOption, outputOption, wholeNumber } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';

interface ScanOptions {
  account?: string;
  inventory?: string;
  detectors?: string[];
  detach?: true;
  output: 'table' | 'json';
}

export function s3Command(): Command {
  const command = new Command('s3').description('look for sensitive data in the objects of a bucket');
  command.addCommand(scanCommand());
  command.addCommand(jobsCommand());
  command.addCommand(jobCommand());
  command.addCommand(objectsCommand());
  command.addCommand(cancelCommand());
  command.addCommand(retryCommand());
  command.addCommand(resultsCommand());
  return command;
}

function scanCommand(): Command {
  return new Command('scan')
    .description('scan a bucket, or what is below a prefix, and follow the job; Ctrl-C cancels it')
    .argument('<bucket[/prefix]>', 'a bucket, with the beginning of keys behind a slash')
    .option('--account <name|id>', 'with the credentials of this account')
    .option(
      '--inventory <uri>',
      'objects of this S3 Inventory (s3://…/manifest.json) instead of a list of the bucket',
    )
    .addOption(listOption('--detectors <ids>', 'with these detectors; all for every one'))
    .option('--detach', 'print the id of the job and leave it to itself')
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
An object whose ETag was scanned whole with the same detectors is not read again.

Examples:
  $ vedette s3 scan my-bucket --account production
  $ vedette s3 scan my-bucket/documents/ --detectors ssn,credit_card
  $ vedette s3 scan my-bucket --inventory s3://inventories/my-bucket/daily/2026-01-31T01-00Z/manifest.json
  $ vedette s3 scan my-bucket --detach -o json`,
    )
    .action(
      async (
        place: string,
        { account, inventory, detectors = [], ...options }: ScanOptions,
        self: Command,
      ) => {
        const context = await openContext(self);
        const { bucketAndPrefix, runJob } = await import('../s3-jobs.ts');
        await runJob(context, options, {
          ...bucketAndPrefix(place),
          ...(inventory !== undefined && { inventory }),
          detectors,
          account: account ?? null,
        });
      },
    );
}

function jobsCommand(): Command {
  return new Command('jobs')
    .description('jobs, newest first')
    .option('--limit <n>', 'at most this many', wholeNumber(1), 20)
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(async ({ limit, ...output }: { limit: number } & OutputOptions, self: Command) => {
      const { printJobs } = await import('../s3-jobs.ts');
      await printJobs(await openContext(self), output, limit);
    });
}

function jobCommand(): Command {
  return new Command('job')
    .description('one job: how far it is, and what it found')
    .argument('<id>', 'of a job')
    .addOption(outputOption(['table', 'json']))
    .action(async (id: string, output: OutputOptions, self: Command) => {
      const { printJob } = await import('../s3-jobs.ts');
      await printJob(await openContext(self), output, id);
    });
}

function objectsCommand(): Command {
  return new Command('objects')
    .description('objects that a job did not scan whole, and why')
    .argument('<id>', 'of a job')
    .addOption(new Option('--status <status>', 'of this status').choices(OBJECT_STATUSES))
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(
      async (id: string, { status, ...output }: { status?: ObjectStatus } & OutputOptions, self: Command) => {
        const { printObjects } = await import('../s3-jobs.ts');
        await printObjects(await openContext(self), output, id, status);
      },
    );
}

function cancelCommand(): Command {
  return new Command('cancel')
    .description('stop a job; what it has found stays')
    .argument('<id>', 'of a job')
    .action(async (id: string, _options: object, self: Command) => {
      const { cancelNamed } = await import('../s3-jobs.ts');
      await cancelNamed(await openContext(self), id);
    });
}

function retryCommand(): Command {
  return new Command('retry')
    .description('scan the objects again that failed in a job, as a new job')
    .argument('<id>', 'of a job')
    .option('--detach', 'print the id of the new job and leave it to itself')
    .addOption(outputOption(['table', 'json']))
    .action(async (id: string, options: Pick<ScanOptions, 'detach' | 'output'>, self: Command) => {
      const { retryJob } = await import('../s3-jobs.ts');
      await retryJob(await openContext(self), options, id);
    });
}

interface ResultOptions extends OutputOptions {
  job?: string;
  bucket?: string;
  key?: string;
  detector?: string;
  limit: number;
  cursor?: number;
}

function resultsCommand(): Command {
  return new Command('results')
    .description('what was found, newest first; masked')
    .option('--job <id>', 'that this job found first')
    .option('--bucket <bucket>', 'in this bucket')
    .option('--key <key>', 'in this object, or below this prefix')
    .option('--detector <id>', 'by this detector')
    .option('--limit <n>', 'at most this many; 0 for all', wholeNumber(0), 100)
    .option('--cursor <id>', 'go on after this finding (next_cursor of an earlier list)', wholeNumber(1))
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
Examples:
  $ vedette s3 results --bucket my-bucket --detector ssn
  $ vedette s3 results --job run-2026-11-27-190000-1f3a --limit 0 -o csv
  $ vedette s3 results --limit 0 -o jsonl`,
    )
    .action(async (options: ResultOptions, self: Command) => {
      const { printResults } = await import('../s3-jobs.ts');
      const { job, bucket, key, detector, limit, cursor, ...output } = options;
      await printResults(
        await openContext(self),
        output,
        { jobId: job, bucket, key, detector },
        { limit, cursor },
      );
    });
}
