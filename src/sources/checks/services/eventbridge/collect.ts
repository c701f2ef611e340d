import { allPages, listCall } from '../../../../collect/call.ts';

export interface EventBus {
  id: string;
  name: string;
  policy: string | null;
}

export const eventbridgeCalls = {
  'eventbridge:ListEventBuses': listCall<EventBus>({
    where: 'region',
    permissions: ['events:ListEventBuses'],
    async list({ clients, region }) {
      const { EventBridgeClient, ListEventBusesCommand } = await import('@aws-sdk/client-eventbridge');
      const client = clients.of(EventBridgeClient, region);
      const buses = await allPages(async (NextToken) => {
        const page = await client.send(new ListEventBusesCommand({ NextToken }));
        return { items: page.EventBuses, next: page.NextToken };
      });
      return buses.map(({ Arn = '', Name = '', Policy }) => ({
        id: Arn,
        name: Name,
        policy: Policy || null,
      }));
    },
  }),
};
