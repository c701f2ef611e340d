import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import { openBaseIdentity } from './base-identity.ts';
import { identityOf } from './identity.ts';
import { quickCreateLink, roleTemplate } from './role-template.ts';

/** What makes the role of an account in one go. */
export interface RoleOffer {
  externalId: string;
  /** Of CloudFormation. */
  template: ReturnType<typeof roleTemplate>;
  /** Where one click makes it; null where nobody has put the template into a bucket (VEDETTE_ROLE_TEMPLATE_URL). */
  link: string | null;
}

/**
 * The role that an account of an organisation needs.
 *
 * @param actions what it has to be allowed
 * @throws VedetteError `usage` when nobody can sign in who could assume the role; `aws-unreachable`
 */
export async function roleOffer(
  config: Config,
  wanted: { externalId: string; baseProfile: string | null; actions: readonly string[] },
  signal: AbortSignal,
): Promise<RoleOffer> {
  const { externalId, baseProfile, actions } = wanted;
  const base = await openBaseIdentity(baseProfile, config);
  const identity = await identityOf(base, { signal }).catch((cause: unknown) => {
    throw withoutIdentity(cause);
  });
  return {
    externalId,
    template: roleTemplate(actions, { identity, externalId }),
    link: quickCreateLink(config.aws.roleTemplateUrl, { externalId, region: base.region ?? 'us-east-1' }),
  };
}

/** Nothing is broken: there is only nobody yet whom the role could let in. */
function withoutIdentity(cause: unknown): unknown {
  if (!(cause instanceof VedetteError) || cause.type !== 'credentials') return cause;
  return new VedetteError('usage', 'vedette has no identity at AWS yet that the role could let in.', {
    remedy: cause.remedy,
    cause,
  });
}
