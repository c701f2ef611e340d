import type { NamedScope, ScopeProblem } from '../source.ts';
import { strangeNames, strangeRegions } from '../strange-names.ts';

/** The services of ScoutSuite 5.14 for AWS. It skips names that it does not know and calls that a success. */
export const SERVICES: readonly string[] = (
  'acm awslambda cloudformation cloudfront cloudtrail cloudwatch codebuild config directconnect dynamodb ec2 efs ' +
  'elasticache elb elbv2 emr iam kms rds redshift route53 s3 secretsmanager ses sns sqs vpc'
).split(' ');

/** What ScoutSuite would leave out without a word. */
export function scopeProblem({ services, regions }: NamedScope): ScopeProblem | null {
  const known = {
    option: 'services',
    absent: 'ScoutSuite has no service named',
    names: SERVICES,
    list: 'Services',
  } as const;
  return strangeNames(services, known) ?? strangeRegions(regions);
}
