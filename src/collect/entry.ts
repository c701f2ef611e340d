import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsClients } from '../aws/clients.ts';
import { awsFailure } from '../aws/failures.ts';
import { enabledRegions, partitionOf } from '../aws/regions.ts';
import { anotherAccount, notAnAwsRegion, regionsUnknown } from './errors.ts';

/** Calls by which a collection finds its way in; IAM calls the permissions alike. */
export const ENTRY_CALLS = ['sts:GetCallerIdentity', 'ec2:DescribeRegions'] as const;

/** Which account it is, and where in it is looked. */
export interface Entry {
  accountId: string;
  /** As ARNs name it. */
  partition: string;
  /** Where services without regions are called. */
  globalRegion: string;
  regions: readonly string[];
  /** Whether these were asked for; else they are all that the account has enabled. */
  regionsAsked: boolean;
}

interface Door {
  clients: AwsClients;
  /** The regions that were asked for; none for all. */
  asked: readonly string[];
  /** The region of the target, by which its partition is known. */
  region: string | null;
  /** The account that it should be; null where nobody has said. */
  expected: string | null;
  signal: AbortSignal;
  explain: (cause: unknown) => Error;
}

/**
 * Asks whose credentials these are and, unless regions are asked for, which ones the account has enabled.
 *
 * @throws VedetteError `usage`, `scan-mismatch`, `credentials`; the signal's reason
 */
export async function enterAccount(door: Door): Promise<Entry> {
  const { asked, region, expected } = door;
  const stranger = asked.find((name) => !/^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(name));
  if (stranger !== undefined) throw notAnAwsRegion(stranger);
  const { id: partition, globalRegion } = partitionOf(asked[0] ?? region ?? 'us-east-1');
  const accountId = await accountIdOf(door, globalRegion);
  if (expected !== null && /^\d{12}$/.test(expected) && expected !== accountId) {
    throw anotherAccount(expected, accountId);
  }
  const regions = asked.length > 0 ? asked : await regionsOf(door, globalRegion);
  return { accountId, partition, globalRegion, regions, regionsAsked: asked.length > 0 };
}

async function accountIdOf({ clients, signal, explain }: Door, region: string): Promise<string> {
  try {
    const { Account = '' } = await clients.of(STSClient, region).send(new GetCallerIdentityCommand({}));
    return Account;
  } catch (cause) {
    signal.throwIfAborted();
    throw explain(cause);
  }
}

async function regionsOf({ clients, signal }: Door, region: string): Promise<string[]> {
  const { DescribeRegionsCommand, EC2Client } = await import('@aws-sdk/client-ec2');
  const ec2 = clients.of(EC2Client, region);
  const enabled = await enabledRegions(() => ec2.send(new DescribeRegionsCommand({}))).catch(
    (cause: unknown) => {
      signal.throwIfAborted();
      const { kind } = awsFailure(cause, { service: 'ec2', operation: 'DescribeRegions', region });
      throw kind === 'denied' ? regionsUnknown(cause) : cause;
    },
  );
  // An account is in one partition: what is told of others can only be a mistake.
  return enabled.filter((name) => partitionOf(name).id === partitionOf(region).id);
}
