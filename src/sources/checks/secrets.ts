/** A secret that was found; never the secret itself. */
export interface FoundSecret {
  /** Of the variable, or where in the text: `line 3`. */
  name: string;
  /** `AWS access key`, `password` … */
  kind: string;
}

/** Texts that are secrets by their form. Quantifiers are bounded: what is read was written by others. */
const FORMS: readonly (readonly [kind: string, form: RegExp])[] = [
  ['AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['private key', /-----BEGIN (?:[A-Z]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/],
  ['GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{36,255})\b/],
  ['GitLab token', /\bglpat-[\w-]{20,64}/],
  ['Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,250}/],
  ['Slack webhook', /https:\/\/hooks\.slack\.com\/services\/T\w{6,12}\/B\w{6,14}\/\w{16,32}/],
  ['Stripe key', /\b[rs]k_live_[A-Za-z0-9]{16,250}\b/],
  ['Google API key', /\bAIza[\w-]{35}(?![\w-])/],
  ['SendGrid key', /\bSG\.[\w-]{16,32}\.[\w-]{16,64}/],
  ['npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['PyPI token', /\bpypi-AgE[\w-]{50,255}/],
  ['model provider key', /\bsk-(?:ant-|proj-)[\w-]{20,255}/],
  ['JSON web token', /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,1000}/],
  ['Azure storage key', /\bAccountKey=[A-Za-z0-9+/]{40,120}={0,2}/],
];

/** `https://ann:secret@host`, but not `https://$USER:$PASSWORD@host`. */
const URL_PASSWORD = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@'"<>]{0,100}:([^\s/@'"<>]{3,200})@[\w.-]/i;

/** Names of what is secret, by their words in lower case. */
const SECRET_WORDS =
  /(?:^|_)(?:passwords?|passwd|pwd|passphrase|passcode|pass|secrets?|tokens?|credentials?|creds|api_?keys?|apikeys?|access_?keys?|secret_?keys?|private_?keys?|encryption_?keys?|signing_?keys?|auth_?keys?|account_?keys?|master_?keys?|license_?keys?|client_?secrets?)(?:_(?:prod|production|dev|test|stage|staging|old|new|value|plain|plaintext|base64))?(?:_?\d{1,3})?$/;

/** Ways to point at a secret instead of holding it. */
const REFERENCE =
  /^(?:arn:[\w-]{1,20}:|\{\{|\$\{|\$\(|\$[A-Za-z_.$]|%[A-Za-z_]+%$|<[^>]*>$|(?:ssm|secretsmanager|vault|op|file|s3):|\/[\w./-]*$|\/aws\/)/i;

/** What stands where a secret is to come, and values that are settings. */
const NO_SECRET =
  /^(?:|true|false|yes|no|on|off|none|null|nil|undefined|enabled|disabled|required|optional|default|string|text|todo|n\/a|\*+|x+|\.+|-+|\d{1,3})$/i;

/** A value that is this short is no secret worth the word. */
const LEAST = 4;

/** `DB_PASSWORD = "…"`, `"apiKey": "…"`, `password: …` in code, configuration and scripts. */
const ASSIGNMENT =
  /(?<![\w-])["']?([A-Za-z][\w.-]{0,60})["']?\s{0,4}(?::=|=>|[:=])\s{0,4}(?:"([^"\n]{1,300})"|'([^'\n]{1,300})'|([^\s"',;]{1,300}))/g;

/** The kind of secret that a variable holds, by its name and value; null where it holds none. */
export function secretIn(name: string, value: string): string | null {
  const trimmed = value.trim();
  if (REFERENCE.test(trimmed)) return null;
  return secretForm(trimmed) ?? (isSecretName(name) && isLiteral(trimmed) ? kindByName(name) : null);
}

/** The variables that hold secrets. Their values go no further. */
export function secretsAmong(
  variables: Readonly<Record<string, string | undefined>> | undefined,
): FoundSecret[] {
  return Object.entries(variables ?? {}).flatMap(([name, value = '']) => {
    const kind = secretIn(name, value);
    return kind === null ? [] : [{ name, kind }];
  });
}

/** The secrets in a text, by the lines that they are in. */
export function secretsInText(text: string): FoundSecret[] {
  return text.split('\n').flatMap((line, index) => {
    // What has no end is data, not something that a person wrote.
    const kind = line.length > LONGEST_LINE ? null : secretInLine(line);
    return kind === null ? [] : [{ name: `line ${index + 1}`, kind }];
  });
}

const LONGEST_LINE = 20_000;

/** Whether a name tells of a secret: `DbPassword`, `api-key`, `/app/prod/token`. */
export function isSecretName(name: string): boolean {
  return SECRET_WORDS.test(wordsOf(name));
}

function secretInLine(line: string): string | null {
  const form = secretForm(line);
  if (form !== null) return form;
  for (const [, name = '', double, single, bare] of line.replaceAll('\\"', '"').matchAll(ASSIGNMENT)) {
    const quoted = double ?? single;
    const value = (quoted ?? bare ?? '').trim();
    if (!isSecretName(name) || REFERENCE.test(value) || !isLiteral(value)) continue;
    // Without quotes it may be code: a call, a variable, a type.
    if (quoted === undefined && !isBareSecret(name, value)) continue;
    return kindByName(name);
  }
  return null;
}

function secretForm(text: string): string | null {
  const [kind] = FORMS.find(([, form]) => form.test(text)) ?? [];
  if (kind !== undefined) return kind;
  const password = URL_PASSWORD.exec(text)?.[1];
  return password !== undefined && !REFERENCE.test(password) && isLiteral(password)
    ? 'password in a URL'
    : null;
}

function isLiteral(value: string): boolean {
  return value.length >= LEAST && !NO_SECRET.test(value) && !/^[\w.]*(?:\.\.\.|…)$/.test(value);
}

/** Letters with digits or signs, or what a variable of a shell is set to; and nothing that a program would say. */
function isBareSecret(name: string, value: string): boolean {
  if (value.length < 6 || /[()[\]{}$<>`]/.test(value)) return false;
  return /^[A-Z][A-Z\d_]*$/.test(name) || /[\d!@#%^&*+~]/.test(value);
}

function kindByName(name: string): string {
  const words = wordsOf(name);
  if (/pass|pwd/.test(words)) return 'password';
  if (/token/.test(words)) return 'token';
  if (/key/.test(words)) return 'key';
  return 'secret';
}

/** `dbPassword`, `DB-PASSWORD` and `db.password` are `db_password`. */
function wordsOf(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
}
