import { describe, expect, test } from '@jest/globals';
import { policyDocument } from '../../src/report/iam-policy.ts';
import { sources } from '../../src/sources/registry.ts';

describe.each(sources.scanners)('the policy for $id', ({ permissions }) => {
  const document = policyDocument(permissions.actions);
  const actions = document.Statement.flatMap(({ Action }) => Action);

  test('allows looking only, and no data of the account', () => {
    expect(actions).toContain('sts:GetCallerIdentity');
    // IAM calls everything that reads API Gateway by the method of HTTP.
    const looking =
      /^[a-z0-9-]+:(?:Describe|Get|List|BatchGet|GenerateCredentialReport|FilterLogEvents|GET$)/;
    expect(actions.filter((action) => !looking.test(action))).toEqual([]);
    const data = /GetObject|GetSecretValue|GetItem|GetParameter|Decrypt|GetFunction$/;
    // The one exception, for checks that look for secrets in the code of functions.
    const read = actions.filter((action) => data.test(action) && action !== 'lambda:GetFunction');
    expect(read).toEqual([]);
  });

  test('fits into one managed policy of AWS', () => {
    expect(JSON.stringify(document).length).toBeLessThan(6144);
    expect(new Set(actions).size).toBe(actions.length);
  });
});
