import { describe, expect, test } from '@jest/globals';
import { awsFailure } from '../../src/aws/failures.ts';
import { VedetteError } from '../../src/errors.ts';

const call = { service: 'ec2', operation: 'DescribeInstances', region: 'eu-west-1' };
const disabled = { ...call, region: 'me-south-1' };
const error = (name: string, more: object = {}) =>
  Object.assign(new Error(`says ${name}`), { name, ...more });
const node = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });
const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });

describe('awsFailure', () => {
  test.each([
    ['denied', error('UnauthorizedOperation', status(403))],
    ['denied', error('AccessDeniedException', status(400))],
    ['denied', error('SomethingElse', status(403))],
    ['throttled', error('RequestLimitExceeded', status(503))],
    ['throttled', error('SlowDown', status(503))],
    ['throttled', error('Whatever', status(429))],
    ['unsupported', error('UnknownOperationException', status(404))],
    ['unsupported', error('SubscriptionRequiredException', status(400))],
    ['unsupported', node('ENOTFOUND', { hostname: 'fms.eu-west-1.amazonaws.com' })],
    ['region-disabled', error('OptInRequired', status(401))],
    ['not-found', error('NoSuchBucketPolicy', status(404))],
    ['not-found', error('ResourceNotFoundException', status(400))],
    ['not-found', error('NotFound', status(404))],
    ['credentials', error('ExpiredToken', status(400))],
    ['credentials', error('UnrecognizedClientException', status(400))],
    ['credentials', error('CredentialsProviderError')],
    ['credentials', new VedetteError('credentials', 'not signed in')],
    ['network', node('ECONNREFUSED')],
    ['network', node('ENOTFOUND', { hostname: 'proxy.example.com' })],
    ['network', node('EAI_AGAIN', { hostname: 'ec2.eu-west-1.amazonaws.com' })],
    ['network', error('TimeoutError')],
    ['network', new VedetteError('aws-unreachable', 'left alone')],
    ['server', error('InternalFailure', { ...status(500), $fault: 'server' })],
    ['other', error('ValidationException', status(400))],
    // A page of a proxy, or of something that is not AWS, says nothing about the resource.
    ['other', error('UnknownError', status(404))],
    ['other', 'thrown text'],
  ])('%s: %s', (kind, thrown) => {
    const failure = awsFailure(thrown, call);
    expect(failure).toMatchObject({ ...call, kind });
    expect(failure.retryable).toBe(['throttled', 'network', 'server'].includes(kind));
    expect(failure.message).not.toBe('');
  });

  test.each([
    ['HTTP 500', Object.assign(new SyntaxError('Unexpected token <'), status(500))],
    ['UnreadableAnswer', Object.assign(new TypeError('no date'), status(200))],
    ['SyntaxError', new SyntaxError('of our own')],
  ])('an answer that nobody can read has the code %s', (code, thrown) => {
    expect(awsFailure(thrown, call).code).toBe(code);
  });

  test.each(['AuthFailure', 'InvalidClientTokenId', 'UnrecognizedClientException'])(
    'a region that has to be switched on says %s of credentials that it does not know',
    (code) => {
      expect(awsFailure(error(code), disabled).kind).toBe('region-disabled');
      expect(awsFailure(error('ExpiredToken'), disabled).kind).toBe('credentials');
    },
  );
});
