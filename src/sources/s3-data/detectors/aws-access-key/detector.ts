import { AnchorKind } from '../anchors.ts';
import { isUpperOrDigit, isWord } from '../bytes.ts';
import type { Detector } from '../detector.ts';
import type { Span } from '../match.ts';
import { examples } from './examples.ts';

export const awsAccessKey: Detector = {
  id: 'aws_access_key',
  title: 'AWS access key ids',
  level: 'high',
  rules: [
    '`AKIA` or `ASIA` and sixteen upper-case letters or digits.',
    'Before and after it stands no letter, digit or `_`.',
  ],
  finder: { by: 'anchor', anchor: AnchorKind.AccessKey, match },
  mask: (found) => `${found.slice(0, 4)}${'X'.repeat(12)}${found.slice(-4)}`,
  examples,
};

const LENGTH = 20;

function match(bytes: Uint8Array, start: number): Span | null {
  const end = start + LENGTH;
  if (isWord(bytes[start - 1])) return null;
  for (let at = start + 4; at < end; at += 1) if (!isUpperOrDigit(bytes[at])) return null;
  return isWord(bytes[end]) ? null : { start, end };
}
