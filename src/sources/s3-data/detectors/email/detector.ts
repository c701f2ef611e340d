import { AnchorKind } from '../anchors.ts';
import { DOT, HYPHEN, isHost, isLetter, isLetterOrDigit, isLocal, UNDERSCORE } from '../bytes.ts';
import type { Detector } from '../detector.ts';
import type { Span } from '../match.ts';
import { examples } from './examples.ts';

export const email: Detector = {
  id: 'email',
  title: 'E-mail addresses',
  level: 'medium',
  rules: [
    'Before the `@` is everything that can belong to a name: ASCII letters, digits and `._%+-`, without dots at its beginning and not with one at its end. More than 64 bytes of them are no address.',
    'After it is everything that can belong to a host name: ASCII letters, digits, dots and hyphens, without dots and hyphens at its end. More than 253 of them are none, nor are those with a `_` behind them.',
    'The host name has at least one dot; each part of it has 1 to 63 bytes, none at its beginning or end a hyphen; the last one is of letters only, two or more.',
    'Of two that overlap, the first one counts.',
  ],
  finder: { by: 'anchor', anchor: AnchorKind.Email, match },
  mask(found) {
    const at = found.indexOf('@');
    return `${found.slice(0, 1)}XXX${found.slice(at)}`;
  },
  examples,
};

const MAX_LOCAL = 64;
const MAX_HOST = 253;
const MAX_LABEL = 63;
const AT = 0x40;

/** @param inHost the byte after the first dot of the host name */
function match(bytes: Uint8Array, inHost: number): Span | null {
  let at = inHost - 2;
  while (bytes[at] !== AT) {
    at -= 1;
    if (inHost - at > MAX_LABEL + 2) return null;
  }
  let last = inHost;
  while (isHost(bytes[last])) last += 1;
  if (last - at > MAX_HOST + 1 || bytes[last] === UNDERSCORE) return null;
  while (!isLetterOrDigit(bytes[last - 1])) last -= 1;
  // Most of what is no address is told by its last part alone.
  let part = last;
  while (isLetter(bytes[part - 1])) part -= 1;
  if (last - part < 2 || bytes[part - 1] !== DOT) return null;
  let start = at;
  while (isLocal(bytes[start - 1])) {
    start -= 1;
    if (at - start > MAX_LOCAL) return null;
  }
  while (bytes[start] === DOT) start += 1;
  if (start >= at || bytes[at - 1] === DOT) return null;
  return hasParts(bytes, at + 1, last) ? { start, end: last } : null;
}

/** Whether each part of a host name is as long as it may be, with no hyphen at its beginning or end. */
function hasParts(bytes: Uint8Array, from: number, last: number): boolean {
  let part = from;
  for (let at = from; at <= last; at += 1) {
    if (at < last && bytes[at] !== DOT) continue;
    if (at === part || at - part > MAX_LABEL) return false;
    if (bytes[part] === HYPHEN || bytes[at - 1] === HYPHEN) return false;
    part = at + 1;
  }
  return true;
}
