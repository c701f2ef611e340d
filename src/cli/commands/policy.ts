import { Command } from 'commander';
import { DEFAULT_SOURCE } from '../../model/source.ts';
import type { LoadSources } from '../sources.ts';

export function policyCommand(loadSources: LoadSources): Command {
  return new Command('policy')
    .description('the IAM policy with the least permissions that a scan needs, as JSON')
    .option('--source <name>', 'what scans', DEFAULT_SOURCE)
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
    .action(async ({ source }: { source: string }) => {
      const [sources, { policyDocument }, { tell, write }] = await Promise.all([
        loadSources(),
        import('../../report/iam-policy.ts'),
        import('../output/write.ts'),
      ]);
      const { permissions } = sources.byId(source);
      write(`${JSON.stringify(policyDocument(permissions.actions), undefined, 2)}\n`);
      tell(`Wider, and kept up to date by AWS: ${permissions.managedPolicies.join(', ')}`);
    });
}
