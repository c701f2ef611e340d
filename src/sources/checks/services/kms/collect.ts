import { allOf, detailCall, listCall, unlessNotConfigured } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Key {
  id: string;
  keyId: string;
}

export interface KeyDescription {
  customerManaged: boolean;
  state: string;
  multiRegion: boolean;
  /** Whether KMS made a symmetric key of it that it could rotate. */
  rotatable: boolean;
}

async function kms({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-kms');
  return { ...sdk, client: clients.of(sdk.KMSClient, region) };
}

export const kmsCalls = {
  'kms:ListKeys': listCall<Key>({
    where: 'region',
    async list(caller) {
      const { client, paginateListKeys } = await kms(caller);
      const keys = await allOf(paginateListKeys({ client }, {}), (page) => page.Keys);
      return keys.map(({ KeyArn = '', KeyId = '' }) => ({ id: KeyArn, keyId: KeyId }));
    },
  }),

  'kms:DescribeKey': detailCall<Key, KeyDescription>({
    of: 'kms:ListKeys',
    async get(caller, { keyId }) {
      const { client, DescribeKeyCommand } = await kms(caller);
      const { KeyMetadata: key } = await client.send(new DescribeKeyCommand({ KeyId: keyId }));
      return {
        customerManaged: key?.KeyManager === 'CUSTOMER',
        state: key?.KeyState ?? '',
        multiRegion: key?.MultiRegion ?? false,
        rotatable: key?.Origin === 'AWS_KMS' && key.KeySpec === 'SYMMETRIC_DEFAULT',
      };
    },
  }),

  'kms:GetKeyRotationStatus': detailCall<Key, { rotates: boolean }>({
    of: 'kms:ListKeys',
    async get(caller, { keyId }) {
      const { client, GetKeyRotationStatusCommand } = await kms(caller);
      // Said of kinds of keys that never rotate.
      return unlessNotConfigured(['UnsupportedOperationException'], async () => {
        const { KeyRotationEnabled } = await client.send(new GetKeyRotationStatusCommand({ KeyId: keyId }));
        return { rotates: KeyRotationEnabled ?? false };
      });
    },
  }),

  'kms:GetKeyPolicy': detailCall<Key, string>({
    of: 'kms:ListKeys',
    async get(caller, { keyId }) {
      const { client, GetKeyPolicyCommand } = await kms(caller);
      const { Policy = '' } = await client.send(
        new GetKeyPolicyCommand({ KeyId: keyId, PolicyName: 'default' }),
      );
      return Policy;
    },
  }),
};
