import { VedetteError } from '../../errors.ts';
import { CHANNELS } from '../../model/channel.ts';
import type { ChannelName } from '../../model/channel.ts';
import type { Config } from '../../settings.ts';
import type { Channel } from './channel.ts';
import { emailChannel } from './email.ts';
import { slackChannel } from './slack.ts';
import { snsChannel } from './sns.ts';
import { teamsChannel } from './teams.ts';
import { webhookChannel } from './webhook.ts';

/** The channels that messages go to: e-mail while it is enabled, the others where an address is set. */
export function enabledChannels(config: Config): Channel[] {
  const { webhookUrl, slackUrl, teamsUrl, snsTopic } = config.channels;
  const isEnabled: Readonly<Record<ChannelName, boolean>> = {
    email: config.mail.enabled,
    webhook: webhookUrl !== undefined,
    slack: slackUrl !== undefined,
    teams: teamsUrl !== undefined,
    sns: snsTopic !== undefined,
  };
  return CHANNELS.filter((name) => isEnabled[name]).map((name) => openChannel(config, name));
}

/** @throws VedetteError `config-invalid` that names the setting which is missing. */
export function openChannel(config: Config, name: ChannelName): Channel {
  const { webhookUrl, slackUrl, teamsUrl, snsTopic } = config.channels;
  switch (name) {
    case 'email':
      return emailChannel(config);
    case 'webhook':
      return webhookChannel(config, needed('VEDETTE_WEBHOOK_URL', webhookUrl));
    case 'slack':
      return slackChannel(config, needed('VEDETTE_SLACK_WEBHOOK_URL', slackUrl));
    case 'teams':
      return teamsChannel(config, needed('VEDETTE_TEAMS_WEBHOOK_URL', teamsUrl));
    case 'sns':
      return snsChannel(config, needed('VEDETTE_SNS_TOPIC_ARN', snsTopic));
  }
}

function needed(variable: string, url: string | undefined): string {
  if (url !== undefined) return url;
  throw new VedetteError('config-invalid', `${variable} is not set.`, { remedy: `Set ${variable}.` });
}
