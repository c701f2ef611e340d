import { defineCheck, failIf } from '../../../catalogue.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';
import { TRUSTED_ACCOUNTS, foreignAccounts } from '../../../iam-policy/foreign.ts';

export const eventsBusExposed = defineCheck({
  id: 'events-bus-exposed',
  title: 'Event buses are not open to everyone',
  service: 'eventbridge',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::Events::EventBus',
  failsWhen:
    'The bus policy is public, or allows an account that is not trusted (without an organisation condition). Buses without policy pass.',
  remediation: 'Limit the bus policy to accounts or organisation.',
  command: 'aws events remove-permission --event-bus-name BUS --statement-id SID',
  parameters: TRUSTED_ACCOUNTS,
  on: 'eventbridge:ListEventBuses',
  judge({ policy }, { accountId, parameters }) {
    const statements = parsePolicy(policy ?? '') ?? [];
    const accounts = foreignAccounts(statements, { accountId, trusted: parameters.trusted_account_ids });
    return failIf(accounts.length > 0, { accounts });
  },
});
