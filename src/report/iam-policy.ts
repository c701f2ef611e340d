export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: { Sid: string; Effect: 'Allow'; Action: string[]; Resource: '*' }[];
}

/** An IAM policy that allows these actions; reading a whole account has no narrower resource than all. */
export function policyDocument(actions: readonly string[]): PolicyDocument {
  const sorted = [...new Set(actions)].toSorted();
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'VedetteScan', Effect: 'Allow', Action: sorted, Resource: '*' }],
  };
}
