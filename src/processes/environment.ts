import { readEnvironment } from '../config/env.ts';

/** What every program needs to find its way; whatever else is set may be a secret and stays here. */
const ALLOWED =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|LD_LIBRARY_PATH|XDG_\w+|DBUS_SESSION_BUS_ADDRESS|(?:HTTPS?|ALL|NO)_PROXY|SSL_CERT_(?:FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|PYENV_\w+|PYTHON(?!PATH$|HOME$|STARTUP$)\w+)$/i;

/**
 * The environment for a program that is not ours: an allow-list, so that passwords of the database or the mail
 * server never reach it.
 *
 * @param prefixes families of variables that this program is given besides, e.g. `AWS_`
 */
export function childEnvironment(prefixes: readonly string[] = []): Record<string, string> {
  const allowed = Object.entries(readEnvironment()).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      (ALLOWED.test(entry[0]) || prefixes.some((prefix) => entry[0].startsWith(prefix))),
  );
  return Object.fromEntries(allowed);
}
