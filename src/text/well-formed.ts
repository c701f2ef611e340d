/**
 * Text that has an encoding in UTF-8, as databases and hashes take it: half of a surrogate pair that stands alone becomes
 * U+FFFD with the half's number. So texts that differ in nothing else stay different.
 */
export function wellFormed(text: string): string {
  if (text.isWellFormed()) return text;
  return text.replaceAll(/\p{Cs}/gu, (half) => `\uFFFD${half.charCodeAt(0).toString(16)}`);
}
