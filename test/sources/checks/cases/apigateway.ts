import type {
  HttpApi,
  HttpRoute,
  RestMethod,
  RestStage,
} from '../../../../src/sources/checks/services/apigateway/collect.ts';
import type { Case, Cases } from './case.ts';

const api = (
  what: string,
  endpointTypes: string[],
  methods: [string, string][],
  ...says: string[]
): Case => ({
  what,
  answers: {
    'api-gateway:GetRestApis': [{ id: 'a', apiId: 'a', name: 'orders', endpointTypes }],
    'api-gateway:GetResources': {
      a: methods.map(([verb, authorization]): RestMethod => ({ name: `${verb} /`, verb, authorization })),
    },
  },
  says,
});
const stage = (what: string, more: Partial<RestStage>, ...says: string[]): Case => ({
  what,
  answers: {
    'api-gateway:GetStages': [
      {
        id: 's',
        name: 'orders/live',
        apiIsPrivate: false,
        loggingLevel: null,
        clientCertificateId: null,
        webAclArn: null,
        cacheEnabled: false,
        cachedInClear: [],
        tracing: false,
        secrets: [],
        ...more,
      },
    ],
  },
  says,
});
const http = (
  what: string,
  protocol: HttpApi['protocol'],
  routes: readonly HttpRoute[],
  ...says: string[]
): Case => ({
  what,
  answers: {
    'apigatewayv2:GetApis': [{ id: 'h', apiId: 'h', name: 'chat', protocol }],
    'apigatewayv2:GetRoutes': { h: routes },
  },
  says,
});
const route = (key: string, authorization: string): HttpRoute => ({ key, authorization });
const httpStage = (what: string, logDestination: string | null, says: string): Case => ({
  what,
  answers: { 'apigatewayv2:GetStages': [{ id: 's', name: 'chat/live', logDestination }] },
  says: [says],
});

export const apigatewayCases: Cases = {
  'apigw-rest-authorizer': [
    api(
      'all',
      ['EDGE'],
      [
        ['GET', 'AWS_IAM'],
        ['OPTIONS', 'NONE'],
      ],
      'pass',
    ),
    api(
      'not one',
      ['EDGE'],
      [
        ['GET', 'CUSTOM'],
        ['POST', 'NONE'],
      ],
      'fail',
    ),
    api('nothing to call', ['EDGE'], [['OPTIONS', 'NONE']]),
  ],
  'apigw-rest-public': [
    api('regional', ['REGIONAL'], [], 'fail'),
    api('edge', ['EDGE'], [], 'fail'),
    api('private', ['PRIVATE'], [], 'pass'),
  ],
  'apigw-rest-logging': [
    stage('none', {}, 'fail'),
    stage('off', { loggingLevel: 'OFF' }, 'fail'),
    stage('errors', { loggingLevel: 'ERROR' }, 'pass'),
  ],
  'apigw-rest-client-cert': [stage('none', {}, 'fail'), stage('one', { clientCertificateId: 'c' }, 'pass')],
  'apigw-rest-waf': [
    stage('none', {}, 'fail'),
    stage('one', { webAclArn: 'acl' }, 'pass'),
    stage('private', { apiIsPrivate: true }),
  ],
  'apigw-rest-cache-encrypted': [
    stage('no cache', { cachedInClear: ['*/*'] }),
    stage('in clear', { cacheEnabled: true, cachedInClear: ['*/*'] }, 'fail'),
    stage('encrypted', { cacheEnabled: true }, 'pass'),
  ],
  'apigw-rest-tracing': [stage('off', {}, 'fail'), stage('on', { tracing: true }, 'pass')],
  'apigw-stage-variable-secrets': [
    stage('none', {}, 'pass'),
    stage('a token', { secrets: [{ name: 'apiToken', kind: 'token' }] }, 'fail'),
  ],
  'apigw-http-authorizer': [
    http('no routes', 'HTTP', []),
    http('all', 'HTTP', [route('GET /', 'JWT')], 'pass'),
    http('not one', 'HTTP', [route('GET /', 'JWT'), route('$default', 'NONE')], 'fail'),
    http('a socket', 'WEBSOCKET', [route('$connect', 'CUSTOM'), route('send', 'NONE')], 'pass'),
    http('an open socket', 'WEBSOCKET', [route('$connect', 'NONE')], 'fail'),
  ],
  'apigw-http-access-log': [httpStage('none', null, 'fail'), httpStage('some', 'logs', 'pass')],
};
