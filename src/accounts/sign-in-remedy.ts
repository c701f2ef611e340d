interface KnownProblem {
  /** What AWS's libraries say, in Python or in JavaScript. */
  says: RegExp;
  remedy: (profile: string) => string;
}

const PROBLEMS: readonly KnownProblem[] = [
  {
    says: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|no answer in/,
    remedy: () => "Check this machine's network, and the endpoint_url and region of the profile.",
  },
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

/** What to do about a profile that cannot sign in for that reason; undefined where the reason says too little. */
export function signInRemedy(profile: string, reason: string): string | undefined {
  return PROBLEMS.find(({ says }) => says.test(reason))?.remedy(profile);
}

function shellWord(text: string): string {
  return /^[\w.@/+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
