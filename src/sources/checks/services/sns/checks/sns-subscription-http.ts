import { defineCheck, failIf } from '../../../catalogue.ts';

export const snsSubscriptionHttp = defineCheck({
  id: 'sns-subscription-http',
  title: 'No subscription uses plain HTTP',
  service: 'sns',
  depth: 'standard',
  level: 'high',
  category: 'transit',
  resourceType: 'AWS::SNS::Subscription',
  failsWhen: 'A confirmed subscription has protocol http. Pending ones get no verdict.',
  remediation: 'Subscribe the https endpoint and remove the http one.',
  command: 'aws sns unsubscribe --subscription-arn SUBSCRIPTION',
  on: 'sns:ListSubscriptions',
  judge({ protocol, topicArn }) {
    return failIf(protocol === 'http', { protocol, topicArn });
  },
});
