import { defineCheck, failIf } from '../../../catalogue.ts';
import { publicStatements } from '../../../iam-policy/access.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';

export const sqsQueuePublic = defineCheck({
  id: 'sqs-queue-public',
  title: 'Queue policy is not public',
  service: 'sqs',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::SQS::Queue',
  failsWhen:
    'The queue policy allows * (AWS or CanonicalUser included) without a narrowing condition. No policy passes.',
  remediation: 'Limit the policy to principals or to a source ARN and account.',
  command: 'aws sqs set-queue-attributes --queue-url URL --attributes file://attributes.json',
  on: 'sqs:ListQueues',
  needs: ['sqs:GetQueueAttributes'],
  judge(_, { detail }) {
    const open = publicStatements(parsePolicy(detail('sqs:GetQueueAttributes')?.policy ?? '') ?? []);
    return failIf(open.length > 0, { actions: open.flatMap(({ actions }) => actions ?? []) });
  },
});
