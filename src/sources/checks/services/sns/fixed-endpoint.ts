import type { Statement } from '../../iam-policy/document.ts';

/** Whether everybody may subscribe, but only what is at domains that are named: `*@example.com`, `https://example.com/*`. */
export function isForFixedEndpoint({ conditions }: Statement): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      key === 'sns:endpoint' &&
      /^string(?:equals(?:ignorecase)?|like)$/.test(operator) &&
      values.length > 0 &&
      values.every((value) => /@[^*?@]+$/.test(value) || /^https:\/\/[^*?/]+\//.test(value)),
  );
}
