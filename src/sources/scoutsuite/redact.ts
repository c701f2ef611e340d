const NAMED_SECRET =
  /((?:secret_?(?:access_?)?key|client_?secret|(?:session|security|access|refresh|authorization)[-_]?token|external_?id|password)["']?\s*[=:>]\s*["']?)[^\s"',&<]+/gi;
const LONG_TOKEN = /(?<![\w+/=])[A-Za-z0-9+/]{100,}={0,2}(?![\w+/=])/g;
/** A secret access key is 40 characters of base 64; a hash or a lower-case path is not meant. */
const SECRET_KEY = /(?<![\w+/=])(?=[^\s]*[A-Z])(?=[^\s]*[a-z])(?=[^\s]*\d)[A-Za-z0-9+/]{40}(?![\w+/=])/g;
const CENSORED = '[redacted]';

/** A line of output without what looks like a secret key or a session token of AWS. */
export function redactSecrets(line: string): string {
  return line
    .replace(NAMED_SECRET, `$1${CENSORED}`)
    .replace(LONG_TOKEN, CENSORED)
    .replace(SECRET_KEY, CENSORED);
}
