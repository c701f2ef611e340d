import { describe, expect, test } from '@jest/globals';
import { policyDocument } from '../../src/report/iam-policy.ts';
import { sources } from '../../src/sources/registry.ts';

/** What reads content, by source: nothing else may. */
const READING: Readonly<Record<string, readonly string[]>> = {
  // For secrets in code and logs, and in documents of one's own.
  checks: ['lambda:GetFunction', 'logs:FilterLogEvents', 'ssm:GetDocument'],
  's3-data': ['s3:GetObject', 'kms:Decrypt'],
};

describe.each(sources.scanners)('the policy for $id', ({ id, permissions }) => {
  const document = policyDocument(permissions.actions);
  const actions = document.Statement.flatMap(({ Action }) => Action);

  test('allows looking only, and no data of the account but what the source is for', () => {
    expect(actions).toContain('sts:GetCallerIdentity');
    const others = actions.filter((action) => READING[id]?.includes(action) !== true);
    // IAM calls everything that reads API Gateway by the method of HTTP.
    const looking = /^[a-z0-9-]+:(?:Describe|Get|List|BatchGet|GenerateCredentialReport|GET$)/;
    expect(others.filter((action) => !looking.test(action))).toEqual([]);
    const data = /GetObject|GetSecretValue|GetItem|GetParameter|Decrypt|GetFunction$|GetDocument/;
    expect(others.filter((action) => data.test(action))).toEqual([]);
  });

  test('fits into one managed policy of AWS', () => {
    expect(JSON.stringify(document).length).toBeLessThan(6144);
    expect(new Set(actions).size).toBe(actions.length);
  });
});
