import { z } from 'zod';
import { setting } from '../config/setting.ts';
import { flag, text } from '../config/types.ts';

export const peopleSettings = {
  breachCheck: setting(
    'VEDETTE_BREACH_CHECK',
    flag(false),
    'Refuse new passwords that are known from breaches. Five characters of a hash are sent to VEDETTE_BREACH_URL, never the password; where that does not answer, nothing is refused.',
  ),
  breachUrl: setting(
    'VEDETTE_BREACH_URL',
    text.pipe(
      z
        .url({ protocol: /^https?$/, error: 'expected http://… or https://…' })
        .default('https://api.pwnedpasswords.com'),
    ),
    'Where breaches are asked for, by the range API of Have I Been Pwned.',
  ),
};
