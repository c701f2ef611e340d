import type { Identity } from './identity.ts';
import { trustPolicy } from './trust-policy.ts';

/** IAM counts no white space. */
const MOST_POLICY = 6144;
const ROLE_NAME = 'vedette';
const CONSOLE = 'https://console.aws.amazon.com/cloudformation/home';

/**
 * A CloudFormation template that makes the role which an account is scanned by: it trusts only us, and only for who brings
 * the external id, and may do what the actions say. The external id is a parameter, so that one template serves every
 * organisation.
 *
 * @param identity who will assume the role
 */
export function roleTemplate(
  actions: readonly string[],
  { identity, externalId }: { identity: Identity; externalId: string },
) {
  const partition = identity.arn.split(':')[1] ?? 'aws';
  const arn = `arn:${partition}:iam::${identity.accountId}:role/${ROLE_NAME}`;
  const trust = trustPolicy(arn, externalId, identity);
  const [statement] = trust.Statement;
  const policies = policyDocuments(actions);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'A role by which vedette reads this account; it changes nothing.',
    Parameters: {
      ExternalId: {
        Type: 'String',
        Default: externalId,
        Description: 'As vedette account show prints it.',
        MinLength: 2,
        MaxLength: 64,
      },
      RoleName: { Type: 'String', Default: ROLE_NAME, Description: 'What to call the role.' },
    },
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { Ref: 'RoleName' },
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: {
            ...trust,
            Statement: [
              {
                ...statement,
                Condition: {
                  ...statement?.Condition,
                  StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } },
                },
              },
            ],
          },
          ManagedPolicyArns: policies.map((_policy, index) => ({ Ref: `Policy${index + 1}` })),
        },
      },
      ...Object.fromEntries(
        policies.map((document, index) => [
          `Policy${index + 1}`,
          {
            Type: 'AWS::IAM::ManagedPolicy',
            Properties: { Description: 'What a scan by vedette reads.', PolicyDocument: document },
          },
        ]),
      ),
    },
    Outputs: {
      RoleArn: { Description: 'To be given to vedette.', Value: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    },
  };
}

/** Where one click makes the role of a template that lies in S3; null where it lies nowhere. */
export function quickCreateLink(
  templateUrl: string | undefined,
  { externalId, region }: { externalId: string; region: string },
): string | null {
  if (templateUrl === undefined) return null;
  const parameters = new URLSearchParams({
    templateURL: templateUrl,
    stackName: ROLE_NAME,
    param_ExternalId: externalId,
  });
  return `${CONSOLE}?region=${encodeURIComponent(region)}#/stacks/quickcreate?${parameters.toString()}`;
}

/** As many as it takes: a managed policy may not be longer than IAM allows. */
function policyDocuments(actions: readonly string[]) {
  const sorted = [...new Set(actions)].toSorted();
  const documents: ReturnType<typeof documentOf>[] = [];
  let some: string[] = [];
  for (const action of sorted) {
    if (JSON.stringify(documentOf([...some, action])).length > MOST_POLICY) {
      documents.push(documentOf(some));
      some = [];
    }
    some.push(action);
  }
  return [...documents, documentOf(some)];
}

function documentOf(actions: readonly string[]) {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' } as const;
  return { Version: '2012-10-17', Statement: [statement] } as const;
}
