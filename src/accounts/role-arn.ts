import { partitionById } from '../aws/regions.ts';
import { VedetteError } from '../errors.ts';

/** By IAM's own rules: paths between slashes, and a name. */
const ROLE_ARN = /^arn:([a-z-]+):iam::(\d{12}):role\/(?:[\u0021-\u007E]{1,510}\/)?[\w+=,.@-]{1,64}$/;

/** @throws VedetteError `usage` for what is no ARN of a role. */
export function parseRoleArn(arn: string): { partition: string; accountId: string } {
  const [, partition, accountId] = ROLE_ARN.exec(arn) ?? [];
  if (partition === undefined || accountId === undefined) {
    throw new VedetteError('usage', `${JSON.stringify(arn)} is not the ARN of a role.`, {
      remedy: 'It looks like arn:aws:iam::123456789012:role/vedette.',
    });
  }
  return { partition: partitionById(partition).id, accountId };
}
