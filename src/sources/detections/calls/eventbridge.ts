import { allOf, arnOf, detailCall, listCall } from '../../../collect/call.ts';
import type { Caller } from '../../../collect/call.ts';

export interface EventRule {
  id: string;
  name: string;
  bus: string;
  state: string;
  /** JSON; null of a rule by time. */
  pattern: string | null;
  /** The service that made it for itself. */
  managedBy: string | null;
}

export interface RuleTarget {
  arn: string;
  deadLetterArn: string | null;
}

async function eventbridge({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-eventbridge');
  return { ...sdk, client: clients.of(sdk.EventBridgeClient, region) };
}

export const eventbridgeCalls = {
  'eventbridge:ListRules': listCall<EventRule>({
    where: 'region',
    sends: ['eventbridge:ListEventBuses', 'eventbridge:ListRules'],
    permissions: ['events:ListEventBuses', 'events:ListRules'],
    async list(caller) {
      const { client, ListEventBusesCommand, ListRulesCommand } = await eventbridge(caller);
      const buses = await tokens(
        (NextToken) => client.send(new ListEventBusesCommand({ NextToken })),
        (page) => page.EventBuses,
      );
      const rules = await Promise.all(
        buses.map(async ({ Name = 'default' }) =>
          tokens(
            (NextToken) => client.send(new ListRulesCommand({ EventBusName: Name, NextToken })),
            (page) => page.Rules,
          ),
        ),
      );
      return rules.flat().map((rule) => ({
        id: rule.Arn ?? arnOf(caller, 'events', `rule/${rule.Name ?? ''}`),
        name: rule.Name ?? '',
        bus: rule.EventBusName ?? 'default',
        state: rule.State ?? 'ENABLED',
        pattern: rule.EventPattern ?? null,
        managedBy: rule.ManagedBy ?? null,
      }));
    },
  }),

  'eventbridge:ListTargetsByRule': detailCall<EventRule, RuleTarget[]>({
    of: 'eventbridge:ListRules',
    permissions: ['events:ListTargetsByRule'],
    wanted: ({ pattern, managedBy }) => pattern !== null && managedBy === null,
    async get(caller, { name, bus }) {
      const { client, ListTargetsByRuleCommand } = await eventbridge(caller);
      const targets = await tokens(
        (NextToken) =>
          client.send(new ListTargetsByRuleCommand({ Rule: name, EventBusName: bus, NextToken })),
        (page) => page.Targets,
      );
      return targets.map(({ Arn = '', DeadLetterConfig }) => ({
        arn: Arn,
        deadLetterArn: DeadLetterConfig?.Arn ?? null,
      }));
    },
  }),
};

/** All pages of an operation that has no paginator. */
async function tokens<Page extends { NextToken?: string | undefined }, Item>(
  send: (token: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  async function* pages(): AsyncGenerator<Page> {
    let token: string | undefined;
    do {
      const page = await send(token);
      token = page.NextToken;
      yield page;
    } while (token !== undefined && token !== '');
  }
  return allOf(pages(), itemsOf);
}
