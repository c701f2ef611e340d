import type { FunctionConfiguration, FunctionUrlConfig } from '@aws-sdk/client-lambda';
import type { AwsError } from '../../../../aws/failures.ts';
import { allOf, detailCall, listCall, unlessNotConfigured } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { secretsAmong } from '../../secrets.ts';
import type { FoundSecret } from '../../secrets.ts';
import { downloadPackage, LARGEST_PACKAGE, secretsInPackage } from './package.ts';

export interface LambdaFunction {
  id: string;
  name: string;
  isImage: boolean;
  /** Null for images. */
  runtime: string | null;
  codeBytes: number;
  roleArn: string;
  keyArn: string | null;
  /** Null where this identity may not decrypt it. */
  environment: { variables: number; secrets: readonly FoundSecret[] } | null;
  vpcId: string | null;
  subnetIds: readonly string[];
  groupIds: readonly string[];
  deadLetterArn: string | null;
  tracing: string;
  /** ARNs, with their versions. */
  layers: readonly string[];
}

export interface FunctionUrl {
  /** The alias that it calls; empty for the function itself. */
  qualifier: string;
  url: string;
  authType: string;
  /** From which pages of other sites may call it. */
  origins: readonly string[];
}

async function lambda({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-lambda');
  return { ...sdk, client: clients.of(sdk.LambdaClient, region) };
}

export const lambdaCalls = {
  'lambda:ListFunctions': listCall<LambdaFunction>({
    where: 'region',
    async list(caller) {
      const { client, paginateListFunctions } = await lambda(caller);
      const functions = await allOf(paginateListFunctions({ client }, {}), (page) => page.Functions);
      return functions.map((one) => ({
        id: one.FunctionArn ?? '',
        name: one.FunctionName ?? '',
        isImage: one.PackageType === 'Image',
        runtime: one.Runtime ?? null,
        codeBytes: one.CodeSize ?? 0,
        roleArn: one.Role ?? '',
        keyArn: one.KMSKeyArn || null,
        environment: environmentOf(one),
        vpcId: one.VpcConfig?.VpcId || null,
        subnetIds: one.VpcConfig?.SubnetIds ?? [],
        groupIds: one.VpcConfig?.SecurityGroupIds ?? [],
        deadLetterArn: one.DeadLetterConfig?.TargetArn || null,
        tracing: one.TracingConfig?.Mode ?? 'PassThrough',
        layers: (one.Layers ?? []).map(({ Arn = '' }) => Arn),
      }));
    },
  }),

  'lambda:GetPolicy': detailCall<LambdaFunction, string>({
    of: 'lambda:ListFunctions',
    async get(caller, { name }) {
      const { client, GetPolicyCommand } = await lambda(caller);
      return unlessNotConfigured(['ResourceNotFoundException'], async () => {
        const { Policy = '' } = await client.send(new GetPolicyCommand({ FunctionName: name }));
        return Policy;
      });
    },
  }),

  'lambda:GetFunctionUrlConfig': detailCall<LambdaFunction, readonly FunctionUrl[]>({
    of: 'lambda:ListFunctions',
    sends: ['lambda:ListFunctionUrlConfigs', 'lambda:GetFunctionUrlConfig'],
    permissions: ['lambda:ListFunctionUrlConfigs', 'lambda:GetFunctionUrlConfig'],
    async get(caller, { name, id }) {
      const { client, paginateListFunctionUrlConfigs } = await lambda(caller);
      try {
        // Those of aliases too.
        const pages = paginateListFunctionUrlConfigs({ client }, { FunctionName: name });
        return (await allOf(pages, (page) => page.FunctionUrlConfigs)).map((url) => urlOf(url, id));
      } catch (error) {
        if (!isNoSuchList(error as AwsError)) throw error;
        return functionsOwnUrl(caller, name, id);
      }
    },
  }),

  /** What it answers is read here, and only what was found in it is kept. */
  'lambda:GetFunction': detailCall<LambdaFunction, { secrets: readonly FoundSecret[] }>({
    of: 'lambda:ListFunctions',
    wanted: ({ isImage, codeBytes }) => !isImage && codeBytes <= LARGEST_PACKAGE,
    async get(caller, { name }) {
      const { client, GetFunctionCommand } = await lambda(caller);
      const { Code } = await client.send(new GetFunctionCommand({ FunctionName: name }));
      const content = await downloadPackage(Code?.Location ?? '');
      return { secrets: await secretsInPackage(content) };
    },
  }),
};

function environmentOf({ Environment }: FunctionConfiguration): LambdaFunction['environment'] {
  if (Environment?.Error !== undefined) return null;
  const variables = Environment?.Variables ?? {};
  return { variables: Object.keys(variables).length, secrets: secretsAmong(variables) };
}

function urlOf(
  { FunctionArn = '', FunctionUrl = '', AuthType, Cors }: Partial<FunctionUrlConfig>,
  functionArn: string,
): FunctionUrl {
  return {
    qualifier: FunctionArn.startsWith(`${functionArn}:`) ? FunctionArn.slice(functionArn.length + 1) : '',
    url: FunctionUrl,
    authType: AuthType ?? '',
    origins: Cors?.AllowOrigins ?? [],
  };
}

/** A server that has no list of URLs has no such address: it answers, but not as Lambda does. */
function isNoSuchList({ name, $metadata }: AwsError): boolean {
  return $metadata?.httpStatusCode === 404 && name !== 'ResourceNotFoundException';
}

async function functionsOwnUrl(caller: Caller, name: string, id: string): Promise<FunctionUrl[]> {
  const { client, GetFunctionUrlConfigCommand } = await lambda(caller);
  const url = await unlessNotConfigured(['ResourceNotFoundException'], () =>
    client.send(new GetFunctionUrlConfigCommand({ FunctionName: name })),
  );
  return url === null ? [] : [urlOf(url, id)];
}
