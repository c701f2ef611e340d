import { describe, expect, it } from '@jest/globals';
import { matchesQuery, parseLoggingQuery } from '../../../src/coverage/patterns/logging-query.ts';
import { watchedByQuery } from '../../../src/coverage/patterns/watched.ts';

const entry = {
  severity: 'NOTICE',
  resource: { type: 'audited_resource' },
  protoPayload: {
    methodName: 'google.logging.v2.ConfigServiceV2.DeleteSink',
    serviceName: 'logging.googleapis.com',
    authenticationInfo: { principalEmail: 'a@example.com' },
    serviceData: { policyDelta: { bindingDeltas: [{ action: 'ADD', role: 'roles/owner' }] } },
    size: 12,
  },
};

describe('what a query meets', () => {
  it.each([
    ['protoPayload.methodName="google.logging.v2.ConfigServiceV2.DeleteSink"', true],
    ['protoPayload.methodName="x"', false],
    ['protoPayload.methodName:"deletesink"', true],
    ['protoPayload.methodName=~"(Delete|Update)Sink$"', true],
    ['protoPayload.methodName!~"Sink"', false],
    ['protoPayload.methodName=("x" OR "google.logging.v2.ConfigServiceV2.DeleteSink")', true],
    ['NOT protoPayload.methodName:"Sink"', false],
    ['-protoPayload.methodName:"Sink"', false],
    ['resource.type="audited_resource"\nprotoPayload.serviceName="logging.googleapis.com"', true],
    ['resource.type="x" AND protoPayload.serviceName="logging.googleapis.com"', false],
    ['resource.type="x" OR protoPayload.serviceName="logging.googleapis.com"', true],
    ['severity=NOTICE -- a comment\nprotoPayload.size>=12', true],
    ['protoPayload.serviceData.policyDelta.bindingDeltas.action="ADD"', true],
    ['protoPayload.none:*', false],
    ['protoPayload.size:*', true],
    ['"roles/owner"', true],
    ['', true],
    ['(severity="NOTICE" OR severity="ERROR") AND NOT (protoPayload.size<5)', true],
  ])('%s: %s', (query, isMet) => expect(matchesQuery(parseLoggingQuery(query), entry)).toBe(isMet));

  it.each(['a=', '(a="b"', 'a="b")', '=x', 'a=(b'])('refuses %s', (query) => {
    expect(() => parseLoggingQuery(query)).toThrow('cannot be read');
  });
});

describe('what a query watches', () => {
  it.each([
    [
      'protoPayload.serviceName="iam.googleapis.com" AND protoPayload.methodName="google.iam.admin.v1.CreateServiceAccountKey"',
      [{ source: 'iam.googleapis.com', name: 'google.iam.admin.v1.CreateServiceAccountKey' }],
    ],
    [
      'protoPayload.methodName=("v1.compute.firewalls.insert" OR "v1.compute.firewalls.delete")',
      [
        { source: 'compute.googleapis.com', name: 'v1.compute.firewalls.insert' },
        { source: 'compute.googleapis.com', name: 'v1.compute.firewalls.delete' },
      ],
    ],
    ['protoPayload.methodName:"SetIamPolicy"', [{ source: '', name: '*SetIamPolicy*' }]],
    ['NOT protoPayload.methodName="x.y"', []],
    ['protoPayload.methodName!="x.y"', []],
  ])('%s', (query, events) => expect(watchedByQuery(parseLoggingQuery(query)).events).toEqual(events));
});
