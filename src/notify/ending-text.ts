import { ruleText } from '../model/suppression.ts';
import type { ListedSuppression } from '../model/suppression.ts';
import { printable } from '../text/printable.ts';

/** In one line for the subject, and as text. */
export function endingText(suppressions: readonly ListedSuppression[], publicUrl?: string) {
  const count = suppressions.length;
  const lines = suppressions.map(({ id, expiresAt, events, owner, reason, rule }) =>
    printable(
      `${(expiresAt ?? '').slice(0, 10)}  suppression ${id} (${ruleText(rule)}; events: ${events}), ` +
        `${owner ?? 'nobody'}: ${reason}`,
    ),
  );
  const link = publicUrl === undefined ? '' : `, or ${publicUrl}/settings/suppressions`;
  return {
    title: `${count} ${count === 1 ? 'suppression ends' : 'suppressions end'} soon`,
    text: [
      'What they suppress is active again from then on, and told of as what is new:',
      '',
      ...lines,
      '',
      `To extend one: vedette suppression edit ID --until 90d${link}`,
    ].join('\n'),
  };
}
