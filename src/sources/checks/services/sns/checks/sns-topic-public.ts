import { defineCheck, failIf } from '../../../catalogue.ts';
import { publicStatements } from '../../../iam-policy/access.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';
import { isForFixedEndpoint } from '../fixed-endpoint.ts';

export const snsTopicPublic = defineCheck({
  id: 'sns-topic-public',
  title: 'Topic policy is not public',
  service: 'sns',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::SNS::Topic',
  failsWhen:
    'The topic policy allows * without a condition that narrows (aws:SourceOwner, SourceAccount, SourceArn, PrincipalOrgID; SNS:Endpoint to a fixed domain). The policy that SNS makes by default (AWS:SourceOwner) passes.',
  remediation: 'Limit the policy to accounts or organisation.',
  command:
    'aws sns set-topic-attributes --topic-arn TOPIC --attribute-name Policy --attribute-value file://policy.json',
  on: 'sns:ListTopics',
  needs: ['sns:GetTopicAttributes'],
  judge(_, { detail }) {
    const statements = parsePolicy(detail('sns:GetTopicAttributes')?.policy ?? '') ?? [];
    const open = publicStatements(statements).filter((statement) => !isForFixedEndpoint(statement));
    return failIf(open.length > 0, { actions: open.flatMap(({ actions }) => actions ?? []) });
  },
});
