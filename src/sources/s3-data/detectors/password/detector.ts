import type { Detector } from '../detector.ts';
import { Pattern } from '../pattern/pattern.ts';
import { examples } from './examples.ts';

export const password: Detector = {
  id: 'password',
  title: 'Passwords in assignments',
  level: 'high',
  rules: [
    '`password`, `passwd`, `passphrase`, `pwd`, `client_secret`, `api_key` or `auth_token`, in either case, then `:`, `=`, `:=` or `=>`, then a value of 6 to 128 characters, quoted or without spaces.',
    'A value that stands for one is none: `${…}`, `<…>`, `%…%`, `{{…}}`, `null`, a row of the same character.',
    'The match begins with the name, before which stands no letter or digit.',
  ],
  finder: {
    by: 'pattern',
    pattern: new Pattern(
      String.raw`(?i)(?<![A-Za-z0-9])(?:password|passwd|passphrase|pwd|client_secret|api_?key|auth_?token)["']?[ \t]{0,4}(?::|=|:=|=>)[ \t]{0,4}(?:"[^"\r\n]{6,128}"|'[^'\r\n]{6,128}'|[^\s"',;&<>(){}]{6,128})(?![A-Za-z0-9])`,
    ),
    validate,
  },
  mask: (found) => `${/^[^:=]*(?::=|=>|[:=])/.exec(found)?.[0] ?? ''}XXXXXXXX`,
  examples,
};

function validate(found: string): boolean {
  const value = found.replace(/^[^:=]*(?::=|=>|[:=])[ \t]*/, '').replace(/^["']|["']$/g, '');
  return !/^(?:\$|<|%|\{\{|null$|undefined$|none$|false$|true$)/i.test(value) && !/^(.)\1*$/.test(value);
}
