import { defineCheck, failIf } from '../../../catalogue.ts';
import { matches } from '../../../iam-policy/document.ts';

export const cloudtrailLambdaEvents = defineCheck({
  id: 'cloudtrail-lambda-events',
  title: 'Function invocations are logged',
  service: 'cloudtrail',
  depth: 'deep',
  level: 'low',
  category: 'logging',
  resourceType: 'AWS::Lambda::Function',
  failsWhen:
    "No logging trail records invocations of the function: AWS::Lambda::Function on arn:aws:lambda or the function's ARN, classic or advanced. One verdict per function; no function, no verdict.",
  remediation: 'Record invocations.',
  command:
    'aws cloudtrail put-event-selectors --trail-name TRAIL --advanced-event-selectors file://selectors.json',
  on: 'lambda:ListFunctions',
  needs: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
  judge({ id: functionArn }, { list, detailOf }) {
    const trails = list('cloudtrail:DescribeTrails')
      .map(({ id }) => id)
      .filter((id) => {
        const status = detailOf('cloudtrail:GetTrailStatus', id);
        const patterns = detailOf('cloudtrail:GetEventSelectors', id)?.functions ?? [];
        return status?.logging === true && patterns.some((one) => matches(one, functionArn));
      });
    return failIf(trails.length === 0, { trails });
  },
});
