import { allOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { taggedBy } from '../../tagged-by.ts';

/** All about a secret but what it is. Times are ISO 8601 in UTC. */
export interface Secret {
  id: string;
  name: string;
  /** The service of AWS that made it. */
  owner: string | null;
  rotates: boolean;
  rotatesAfterDays: number | null;
  createdAt: string | null;
  lastRotated: string | null;
  nextRotation: string | null;
  lastAccessed: string | null;
}

async function secretsManager({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-secrets-manager');
  return { ...sdk, client: clients.of(sdk.SecretsManagerClient, region) };
}

export const secretsmanagerCalls = {
  'secrets-manager:ListSecrets': listCall<Secret>({
    where: 'region',
    permissions: ['secretsmanager:ListSecrets'],
    async list(caller) {
      const { client, paginateListSecrets } = await secretsManager(caller);
      const secrets = await allOf(paginateListSecrets({ client }, {}), (page) => page.SecretList);
      return secrets.map((secret) => ({
        id: secret.ARN ?? '',
        name: secret.Name ?? '',
        ...taggedBy(secret.Tags),
        owner: secret.OwningService || null,
        rotates: secret.RotationEnabled ?? false,
        rotatesAfterDays: secret.RotationRules?.AutomaticallyAfterDays ?? null,
        createdAt: secret.CreatedDate?.toISOString() ?? null,
        lastRotated: secret.LastRotatedDate?.toISOString() ?? null,
        nextRotation: secret.NextRotationDate?.toISOString() ?? null,
        lastAccessed: secret.LastAccessedDate?.toISOString() ?? null,
      }));
    },
  }),

  'secrets-manager:GetResourcePolicy': detailCall<Secret, string>({
    of: 'secrets-manager:ListSecrets',
    permissions: ['secretsmanager:GetResourcePolicy'],
    async get(caller, { id }) {
      const { client, GetResourcePolicyCommand } = await secretsManager(caller);
      const { ResourcePolicy } = await client.send(new GetResourcePolicyCommand({ SecretId: id }));
      return ResourcePolicy || null;
    },
  }),
};
