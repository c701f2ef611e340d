import type { MethodSetting } from '@aws-sdk/client-api-gateway';
import { allOf, allPages, allPartsOf, detailCall, listCall, readOnce } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { secretsAmong } from '../../secrets.ts';
import type { FoundSecret } from '../../secrets.ts';

export interface RestApi {
  id: string;
  apiId: string;
  name: string;
  endpointTypes: readonly string[];
}

export interface RestMethod {
  /** `GET /orders`. */
  name: string;
  verb: string;
  authorization: string;
}

export interface RestStage {
  id: string;
  name: string;
  apiIsPrivate: boolean;
  /** Of the setting for all methods; null where there is none. */
  loggingLevel: string | null;
  clientCertificateId: string | null;
  webAclArn: string | null;
  cacheEnabled: boolean;
  /** Methods that are cached in clear, as the settings name them. */
  cachedInClear: readonly string[];
  tracing: boolean;
  secrets: readonly FoundSecret[];
}

export interface HttpApi {
  id: string;
  apiId: string;
  name: string;
  /** `HTTP` or `WEBSOCKET`. */
  protocol: string;
}

export interface HttpRoute {
  /** `GET /orders`, `$default`, `$connect`. */
  key: string;
  authorization: string;
}

export interface HttpStage {
  id: string;
  name: string;
  logDestination: string | null;
}

/** IAM knows verbs of HTTP only. */
const permissions = ['apigateway:GET'];

async function rest({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-api-gateway');
  return { ...sdk, client: clients.of(sdk.APIGatewayClient, region) };
}

async function http({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-apigatewayv2');
  return { ...sdk, client: clients.of(sdk.ApiGatewayV2Client, region) };
}

const restApis = readOnce(async (caller): Promise<RestApi[]> => {
  const { client, paginateGetRestApis } = await rest(caller);
  const apis = await allOf(paginateGetRestApis({ client }, { limit: 500 }), (page) => page.items);
  return apis.map(({ id = '', name = '', endpointConfiguration }) => ({
    id: apiArn(caller, `restapis/${id}`),
    apiId: id,
    name,
    endpointTypes: endpointConfiguration?.types ?? ['EDGE'],
  }));
});

const httpApis = readOnce(async (caller): Promise<HttpApi[]> => {
  const { client, GetApisCommand } = await http(caller);
  const apis = await allPages(async (NextToken) => {
    const page = await client.send(new GetApisCommand({ NextToken }));
    return { items: page.Items, next: page.NextToken };
  });
  return apis.map(({ ApiId = '', Name = '', ProtocolType = '' as string }) => ({
    id: apiArn(caller, `apis/${ApiId}`),
    apiId: ApiId,
    name: Name,
    protocol: ProtocolType,
  }));
});

export const apigatewayCalls = {
  'api-gateway:GetRestApis': listCall<RestApi>({ where: 'region', permissions, list: restApis }),

  'api-gateway:GetResources': detailCall<RestApi, readonly RestMethod[]>({
    of: 'api-gateway:GetRestApis',
    permissions,
    async get(caller, { apiId }) {
      const { client, paginateGetResources } = await rest(caller);
      const asked = { restApiId: apiId, embed: ['methods'], limit: 500 };
      const resources = await allOf(paginateGetResources({ client }, asked), (page) => page.items);
      return resources.flatMap(({ path = '', resourceMethods = {} }) =>
        Object.entries(resourceMethods).map(([verb, method]) => ({
          name: `${verb} ${path}`,
          verb,
          authorization: method.authorizationType ?? 'NONE',
        })),
      );
    },
  }),

  'api-gateway:GetStages': listCall<RestStage>({
    where: 'region',
    sends: ['api-gateway:GetRestApis', 'api-gateway:GetStages'],
    permissions,
    async list(caller) {
      const { client, GetStagesCommand } = await rest(caller);
      return allPartsOf(await restApis(caller), async ({ id, name, apiId, endpointTypes }) => {
        const { item: stages = [] } = await client.send(new GetStagesCommand({ restApiId: apiId }));
        return stages.map((stage) => ({
          id: `${id}/stages/${stage.stageName}`,
          name: `${name}/${stage.stageName}`,
          apiIsPrivate: endpointTypes.includes('PRIVATE'),
          loggingLevel: stage.methodSettings?.['*/*']?.loggingLevel ?? null,
          clientCertificateId: stage.clientCertificateId || null,
          webAclArn: stage.webAclArn || null,
          cacheEnabled: stage.cacheClusterEnabled ?? false,
          cachedInClear: cachedInClear(stage.methodSettings),
          tracing: stage.tracingEnabled ?? false,
          secrets: secretsAmong(stage.variables),
        }));
      });
    },
  }),

  'apigatewayv2:GetApis': listCall<HttpApi>({ where: 'region', permissions, list: httpApis }),

  'apigatewayv2:GetRoutes': detailCall<HttpApi, readonly HttpRoute[]>({
    of: 'apigatewayv2:GetApis',
    permissions,
    async get(caller, { apiId }) {
      const { client, GetRoutesCommand } = await http(caller);
      const routes = await allPages(async (NextToken) => {
        const page = await client.send(new GetRoutesCommand({ ApiId: apiId, NextToken }));
        return { items: page.Items, next: page.NextToken };
      });
      return routes.map(({ RouteKey = '', AuthorizationType = 'NONE' }) => ({
        key: RouteKey,
        authorization: AuthorizationType,
      }));
    },
  }),

  'apigatewayv2:GetStages': listCall<HttpStage>({
    where: 'region',
    sends: ['apigatewayv2:GetApis', 'apigatewayv2:GetStages'],
    permissions,
    async list(caller) {
      const { client, GetStagesCommand } = await http(caller);
      return allPartsOf(await httpApis(caller), async ({ id, name, apiId }) => {
        const stages = await allPages(async (NextToken) => {
          const page = await client.send(new GetStagesCommand({ ApiId: apiId, NextToken }));
          return { items: page.Items, next: page.NextToken };
        });
        return stages.map(({ StageName = '', AccessLogSettings }) => ({
          id: `${id}/stages/${StageName}`,
          name: `${name}/${StageName}`,
          logDestination: AccessLogSettings?.DestinationArn || null,
        }));
      });
    },
  }),
};

/** Its ARNs have no account. */
function apiArn(caller: Caller, resource: string): string {
  return `arn:${caller.partition}:apigateway:${caller.region}::/${resource}`;
}

function cachedInClear(settings: Readonly<Record<string, MethodSetting>> = {}): string[] {
  return Object.entries(settings)
    .filter(([, setting]) => setting.cachingEnabled === true && setting.cacheDataEncrypted !== true)
    .map(([method]) => method);
}
