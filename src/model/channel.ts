/** The ways on which messages reach people. */
export const CHANNELS = ['email', 'webhook', 'slack', 'teams', 'sns'] as const;
export type ChannelName = (typeof CHANNELS)[number];

export const CHANNEL_TITLES: Readonly<Record<ChannelName, string>> = {
  email: 'E-mail',
  webhook: 'The webhook',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  sns: 'Amazon SNS',
};
