/**
 * The five default detectors as their rules say them, by regular expressions: slow, and without anything clever. What
 * the byte scanner finds must be the same.
 */
export type Reference = readonly [detector: string, start: number, end: number];

const N = '[2-9]\\d\\d';
const ISSUED = '(?:4\\d{3}|5[1-5]\\d\\d|2(?:22[1-9]|2[3-9]\\d|[3-6]\\d\\d|7[01]\\d|720)|6011)';
const CARD =
  '(?<!\\w)(?<!\\w-)(?<!\\d\\.)' +
  `(?:${ISSUED}\\d{12}|${ISSUED}([- ])\\d{4}\\1\\d{4}\\1\\d{4}|3[47]\\d{13}|3[47]\\d\\d([- ])\\d{6}\\2\\d{5})` +
  '(?!\\w)(?!-\\w)(?!\\.\\d)';
const PHONE =
  `(?:(?<!\\w)(?<!\\d[-.])(?:\\+1(?:[-. ]|(?=\\())|1[-.])(?:\\(${N}\\) ?|${N}[-. ])` +
  `|(?<!\\w)(?<!\\d[-.])${N}[-. ]|(?<!\\d)\\(${N}\\) ?)${N}[-. ]\\d{4}(?!\\w)(?![-.]\\d)`;
const LOCAL = 'A-Za-z0-9._%+-';
const HOST = 'A-Za-z0-9.-';
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';

const RULES: Readonly<Record<string, [RegExp, (match: string) => { skip: number; length: number } | null]>> =
  {
    ssn: [/(?<!\w)(?<!\w-)(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?!\w)(?!-\d)/g, whole],
    credit_card: [new RegExp(CARD, 'g'), (match) => (luhn(match.replace(/\D/g, '')) ? whole(match) : null)],
    aws_access_key: [/(?<!\w)(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)/g, whole],
    email: [new RegExp(`(?<![${LOCAL}])[${LOCAL}]{1,64}@[${HOST}]{1,253}(?![_${HOST}])`, 'g'), address],
    us_phone: [new RegExp(PHONE, 'g'), whole],
  };

/** @param text of which each character is a byte */
export function reference(text: string): Reference[] {
  return Object.entries(RULES).flatMap(([detector, [pattern, judge]]) => {
    const found: Reference[] = [];
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const judged = judge(match[0]);
      if (judged === null) {
        pattern.lastIndex = match.index + 1;
      } else {
        const start = match.index + judged.skip;
        found.push([detector, start, start + judged.length]);
        pattern.lastIndex = start + judged.length;
      }
    }
    return found;
  });
}

function whole(match: string) {
  return { skip: 0, length: match.length };
}

function address(match: string) {
  const at = match.indexOf('@');
  const local = match.slice(0, at).replace(/^\.+/, '');
  const host = match.slice(at + 1).replace(/[.-]+$/, '');
  if (local === '' || local.endsWith('.')) return null;
  const parts = new RegExp(`^(?:${LABEL}\\.)+[A-Za-z]{2,63}$`);
  return parts.test(host) ? { skip: at - local.length, length: local.length + 1 + host.length } : null;
}

function luhn(digits: string): boolean {
  const values = digits
    .split('')
    .toReversed()
    .map((digit, index) => Number(digit) * (1 + (index % 2)));
  return values.reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0) % 10 === 0;
}
