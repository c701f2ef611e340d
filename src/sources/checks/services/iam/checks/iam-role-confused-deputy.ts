import { defineCheck, failIf } from '../../../catalogue.ts';
import { isServiceLinked, servicesTrusted } from '../trust.ts';

export const iamRoleConfusedDeputy = defineCheck({
  id: 'iam-role-confused-deputy',
  title: 'Service trusts carry a source condition',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Role',
  failsWhen:
    'A service role trusts an AWS service (Principal.Service, sts:AssumeRole) without aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths in the statement. Service-linked roles and roles that trust no service get no verdict; services that only act inside the account anyway (ec2, lambda, ecs-tasks, eks, secretsmanager …) are a list in the configuration: they pass only when the list names them (default: secretsmanager, eks).',
  remediation: "Add aws:SourceAccount or aws:SourceArn to the trust policy's conditions.",
  command: 'aws iam update-assume-role-policy --role-name ROLE --policy-document file://trust.json',
  parameters: { exempt_services: ['eks', 'secretsmanager'] as readonly string[] },
  on: 'iam:GetAccountAuthorizationDetails',
  judge(role, { parameters }) {
    if (role.kind !== 'role' || isServiceLinked(role)) return null;
    const trusted = servicesTrusted(role.trustPolicy);
    if (trusted.length === 0) return null;
    const services = trusted
      .filter(({ pinned, service }) => !pinned && !parameters.exempt_services.includes(service))
      .map(({ service }) => service);
    return failIf(services.length > 0, { services });
  },
});
