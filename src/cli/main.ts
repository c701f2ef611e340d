import { Command, CommanderError, Option } from 'commander';
import { ExitCode, reportOf } from '../errors.ts';
import type { AuditRecord } from '../model/audit.ts';
import { packageVersion } from '../package-root.ts';
import { actingAs, newAuthor } from '../store/access/author.ts';
import { printable } from '../text/printable.ts';
import { beginAudit, endAudit } from './audit.ts';
import { endInterrupted, wasInterrupted } from './command-context.ts';
import { accountCommand } from './commands/account.ts';
import { auditCommand } from './commands/audit.ts';
import { checkCommand } from './commands/check.ts';
import { completeCommand, completionCommand } from './commands/completion.ts';
import { complianceCommand } from './commands/compliance.ts';
import { configCommand } from './commands/config.ts';
import { coverageCommand } from './commands/coverage.ts';
import { demoCommand } from './commands/demo.ts';
import { detectCommand } from './commands/detect.ts';
import { doctorCommand } from './commands/doctor.ts';
import { eventCommand } from './commands/event.ts';
import { findingCommand } from './commands/finding.ts';
import { importCommand } from './commands/import.ts';
import { inviteCommand } from './commands/invite.ts';
import { migrateCommand } from './commands/migrate.ts';
import { notifyCommand } from './commands/notify.ts';
import { organisationCommand } from './commands/organisation.ts';
import { parseCommand } from './commands/parse.ts';
import { policyCommand } from './commands/policy.ts';
import { profilesCommand } from './commands/profiles.ts';
import { purgeCommand } from './commands/purge.ts';
import { s3Command } from './commands/s3.ts';
import { scanCommand } from './commands/scan.ts';
import { scheduleCommand } from './commands/schedule.ts';
import { serveCommand } from './commands/serve.ts';
import { sessionCommand } from './commands/session.ts';
import { setupCommand } from './commands/setup.ts';
import { snapshotCommand } from './commands/snapshot.ts';
import { statusCommand } from './commands/status.ts';
import { suppressionCommand } from './commands/suppression.ts';
import { tokenCommand } from './commands/token.ts';
import { upCommand } from './commands/up.ts';
import { userCommand } from './commands/user.ts';
import { verdictCommand } from './commands/verdict.ts';
import { versionCommand } from './commands/version.ts';
import { view360Command } from './commands/view360.ts';
import { workerCommand } from './commands/worker.ts';
import { fail } from './exit.ts';
import { tell, write } from './output/write.ts';
import { actorAtThisMachine } from './person.ts';
import { productSources } from './sources.ts';
import type { LoadSources } from './sources.ts';

const DEBUG = '--debug';
const ORGANISATION = '--organisation <id>';

/** Each command loads what it needs when it runs, so that `--help` answers at once. */
export function createProgram(sources: LoadSources = productSources): Command {
  const program = new Command('vedette')
    .description('Scans AWS accounts as durable workflows and tracks what they find through time.')
    .version(packageVersion(), '-V, --version')
    .showHelpAfterError('(--help shows what is possible)')
    .configureOutput({ writeOut: write, writeErr: (text) => tell(text.trimEnd()) })
    .addHelpText(
      'after',
      `
Start here:
  $ vedette demo                         the whole pipeline on simulated accounts
  $ vedette setup && vedette doctor      get ready for real ones
  $ vedette scan run --account prod      scan one account
  $ vedette status                       how things stand
  $ vedette event list --level high      what is wrong right now

Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 --fail-on level reached,
4 credentials or permission, 5 some accounts failed, 6 nothing to scan, 130 interrupted.`,
    );
  for (const command of [
    demoCommand(sources),
    upCommand(),
    setupCommand(sources),
    doctorCommand(sources),
    statusCommand(),
    profilesCommand(),
    accountCommand(),
    organisationCommand(),
    policyCommand(sources),
    scanCommand(),
    scheduleCommand(),
    parseCommand(sources),
    importCommand(sources),
    eventCommand(),
    findingCommand(),
    suppressionCommand(),
    checkCommand(),
    complianceCommand(),
    verdictCommand(),
    snapshotCommand(),
    s3Command(),
    detectCommand(),
    coverageCommand(),
    view360Command(),
    notifyCommand(),
    serveCommand(),
    userCommand(),
    inviteCommand(),
    tokenCommand(),
    sessionCommand(),
    auditCommand(),
    workerCommand(),
    migrateCommand(),
    purgeCommand(),
    configCommand(),
    completionCommand(),
    versionCommand(),
  ]) {
    program.addCommand(command);
  }
  program.addCommand(completeCommand(program), { hidden: true });
  for (const command of everyCommand(program)) {
    command
      .copyInheritedSettings(program)
      .exitOverride()
      .option(DEBUG, 'log everything, and show where an error came from')
      .addOption(organisationOption().hideHelp(command !== program));
  }
  return program;
}

/** Every command knows it; to say so on each help page would be too much. */
function organisationOption(): Option {
  return new Option(ORGANISATION, 'work for another organisation than VEDETTE_ORGANIZATION names');
}

/** Runs one command line; the outcome is in `process.exitCode`. */
export async function main(argv: readonly string[], sources: LoadSources = productSources): Promise<void> {
  const program = createProgram(sources);
  if (argv.length <= 2) return program.outputHelp();
  let audit: AuditRecord | undefined;
  const author = newAuthor(actorAtThisMachine());
  program.hook('preAction', (_program, command) => {
    audit = beginAudit(command);
  });
  try {
    await actingAs(author, () => program.parseAsync([...argv]));
    // What it changed is in the log already, by the transaction that changed it.
    if (audit !== undefined && !author.recorded.has(audit.action)) await noteInAudit(audit, undefined);
  } catch (error) {
    await noteInAudit(audit, error);
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? ExitCode.Done : ExitCode.Usage;
      return;
    }
    if (wasInterrupted()) endInterrupted();
    fail(error, argv.includes(DEBUG));
  }
}

async function noteInAudit(audit: AuditRecord | undefined, failure: unknown): Promise<void> {
  if (audit === undefined) return;
  try {
    await endAudit(audit, failure);
  } catch (error) {
    tell(`This is not in the audit log: ${printable(reportOf(error).message)}`);
  }
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
