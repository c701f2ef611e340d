import { isRegion, similarRegion } from '../../aws/regions.ts';
import type { ScanOptions } from '../../model/run.ts';
import { mostSimilar } from '../../text/similar.ts';
import type { ScopeProblem } from '../source.ts';

/** The services of ScoutSuite 5.14 for AWS. It skips names that it does not know and calls that a success. */
export const SERVICES: readonly string[] = (
  'acm awslambda cloudformation cloudfront cloudtrail cloudwatch codebuild config directconnect dynamodb ec2 efs ' +
  'elasticache elb elbv2 emr iam kms rds redshift route53 s3 secretsmanager ses sns sqs vpc'
).split(' ');

/** What ScoutSuite would leave out without a word. */
export function scopeProblem({
  services,
  regions,
}: Pick<ScanOptions, 'services' | 'regions'>): ScopeProblem | null {
  const strangeServices = services.filter((service) => !SERVICES.includes(service));
  if (strangeServices.length > 0) {
    return {
      option: 'services',
      message: `ScoutSuite has no service named ${quoted(strangeServices)}.`,
      remedy: `${didYouMean(strangeServices.map((name) => mostSimilar(name, SERVICES)))}Services: ${SERVICES.join(', ')}.`,
    };
  }
  const strangeRegions = regions.filter((region) => !isRegion(region));
  if (strangeRegions.length === 0) return null;
  return {
    option: 'regions',
    message: `There is no AWS region named ${quoted(strangeRegions)}.`,
    remedy: `${didYouMean(strangeRegions.map(similarRegion))}Name regions as AWS does, for example eu-central-1.`,
  };
}

function didYouMean(names: readonly (string | undefined)[]): string {
  const known = [...new Set(names.filter((name) => name !== undefined))];
  return known.length === 0 ? '' : `Did you mean ${known.join(', ')}? `;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
