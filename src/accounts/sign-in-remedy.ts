import type { Account } from '../model/account.ts';
import { shellWord } from './shell-words.ts';

interface KnownProblem<Who> {
  /** What AWS's libraries say, in Python or in JavaScript. */
  says: RegExp;
  remedy: (who: Who) => string;
}

const CLOCK: KnownProblem<unknown> = {
  says: /RequestTimeTooSkewed|RequestExpired|RequestInTheFuture|Signature (?:expired|not yet current)/,
  remedy: () =>
    "Set this machine's clock: AWS refuses requests that are minutes off (chronyc tracking, timedatectl).",
};

const NETWORK: KnownProblem<unknown> = {
  says: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|no answer in/,
  remedy: () => "Check this machine's network; AWS_ENDPOINT_URL and HTTPS_PROXY lead elsewhere.",
};

const PROFILE_PROBLEMS: readonly KnownProblem<string>[] = [
  {
    ...NETWORK,
    remedy: () => "Check this machine's network, and the endpoint_url and region of the profile.",
  },
  CLOCK,
  {
    says: /\bSSO\b|token.*(?:expired|does not exist|refresh failed)/i,
    remedy: (profile) => `Sign in again: aws sso login --profile ${shellWord(profile)}`,
  },
  {
    says: /\bMFA\b|multi-factor/i,
    remedy: () =>
      'Nobody is there to type a code: give the scanner a profile without mfa_serial, such as one of IAM Identity Center.',
  },
  {
    says: /AssumeRole/i,
    remedy: () =>
      'Check role_arn and external_id of the profile, the trust policy of the role, and that its source profile may call sts:AssumeRole.',
  },
  {
    says: /AccessDenied|not authorized/i,
    remedy: () =>
      'Give the identity of the profile the permissions that the documentation lists (sts:GetCallerIdentity first).',
  },
];

const UNKNOWN_KEYS =
  /InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|ExpiredToken|SignatureDoesNotMatch/;
const NO_KEYS = /Could not load credentials|CredentialsProviderError/;

const OWN_PROBLEMS: readonly KnownProblem<null>[] = [
  NETWORK,
  CLOCK,
  {
    says: UNKNOWN_KEYS,
    remedy: () =>
      'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: AWS does not know them.',
  },
  {
    says: NO_KEYS,
    remedy: () =>
      'Give this machine a role, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --base-profile.',
  },
];

const ROLE_PROBLEMS: readonly KnownProblem<Account>[] = [
  NETWORK,
  CLOCK,
  {
    says: UNKNOWN_KEYS,
    remedy: ({ roleArn, baseProfile }) =>
      `AWS does not know the keys that should assume the role: check ${baseOf(baseProfile)}, which must belong to the ` +
      `partition of ${roleArn}.`,
  },
  {
    says: /RegionDisabled/,
    remedy: () => 'Set AWS_REGION to a region in which STS is active.',
  },
  {
    says: /no identity-based policy allows/,
    remedy: ({ roleArn, baseProfile }) => `Allow sts:AssumeRole on ${roleArn} to ${baseOf(baseProfile)}.`,
  },
  {
    says: /explicit deny/,
    remedy: () => 'A policy forbids it, perhaps one of the organisation: look for a Deny of sts:AssumeRole.',
  },
  {
    says: /AccessDenied|not authorized/i,
    remedy: ({ name }) =>
      'AWS says the same of a role that does not exist, one that trusts somebody else, and one that asks for another ' +
      `external id: compare its trust policy with that of vedette account show ${shellWord(name)}.`,
  },
];

/** What to do about a profile that cannot sign in for that reason; undefined where the reason says too little. */
export function profileRemedy(profile: string, reason: string): string | undefined {
  return PROFILE_PROBLEMS.find(({ says }) => says.test(reason))?.remedy(profile);
}

/** What to do about vedette's own identity when it cannot sign in; undefined where the reason says too little. */
export function ownRemedy(reason: string): string | undefined {
  return OWN_PROBLEMS.find(({ says }) => says.test(reason))?.remedy(null);
}

/** What to do about a role that cannot be assumed for that reason; undefined where the reason says too little. */
export function roleRemedy(account: Account, reason: string): string | undefined {
  return ROLE_PROBLEMS.find(({ says }) => says.test(reason))?.remedy(account);
}

function baseOf(baseProfile: string | null): string {
  return baseProfile === null
    ? "vedette's own identity (AWS_ACCESS_KEY_ID, or that of the machine)"
    : `the profile ${JSON.stringify(baseProfile)}`;
}
