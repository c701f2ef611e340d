import { Command } from 'commander';
import { DEFAULT_SOURCE } from '../../model/source.ts';
import type { Scanner } from '../../sources/source.ts';
import { listOption } from '../options.ts';
import type { LoadSources } from '../sources.ts';
import { depthOption } from './check.ts';

interface PolicyOptions {
  source: string;
  depth?: 'quick' | 'standard' | 'deep';
  services?: string[];
  framework?: string[];
  check?: string[];
}

export function policyCommand(loadSources: LoadSources): Command {
  return new Command('policy')
    .description('the IAM policy with the least permissions that a scan needs, as JSON')
    .option('--source <name>', 'what scans', DEFAULT_SOURCE)
    .addOption(depthOption())
    .addOption(listOption('--services <services>', 'of source checks: only checks of these services'))
    .addOption(listOption('--framework <framework>', 'of source checks: only checks of these'))
    .addOption(listOption('--check <id>', 'of source checks: only these, whatever their depth'))
    .addHelpText(
      'after',
      `
Attach it to the role that the profile of an account assumes:
  $ vedette policy > policy.json
  $ aws iam create-policy --policy-name vedette-scan --policy-document file://policy.json

The role's trust policy names who may assume it; where accounts are not your own, demand an external id:
  {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
    "Principal": {"AWS": "arn:aws:iam::<account of the worker>:role/<role of the worker>"},
    "Condition": {"StringEquals": {"sts:ExternalId": "<external id>"}}}]}
The profile then has role_arn, external_id, and source_profile or credential_source.`,
    )
    .action(async (options: PolicyOptions, self: Command) => {
      const [registry, { policyDocument }, { tell, write }] = await Promise.all([
        loadSources(),
        import('../../report/iam-policy.ts'),
        import('../output/write.ts'),
      ]);
      const source = registry.scannerById(options.source);
      const actions = (await chosenPermissions(source, options, self)) ?? source.permissions.actions;
      write(`${JSON.stringify(policyDocument(actions), undefined, 2)}\n`);
      tell(`Wider, and kept up to date by AWS: ${source.permissions.managedPolicies.join(', ')}`);
    });
}

/** Null where nothing was chosen, or the source has nothing to choose from. */
async function chosenPermissions(
  source: Scanner,
  { depth, services = [], framework = [], check = [] }: PolicyOptions,
  command: Command,
): Promise<readonly string[] | null> {
  const isChosen = depth !== undefined || [...services, ...framework, ...check].length > 0;
  if (!isChosen || source.permissionsFor === undefined) return null;
  const [{ openContext }, { sourceConfig }] = await Promise.all([
    import('../command-context.ts'),
    import('../../settings.ts'),
  ]);
  const { config } = await openContext(command);
  const chosen = { services, frameworks: framework, checks: check, ...(depth && { depth }) };
  return source.permissionsFor(sourceConfig(config, source), { ...chosen, regions: [], initial: false });
}
