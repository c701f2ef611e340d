/** Conditions on rows as an address has them: `column=value`, without commas, which stand between them. */

export function conditionOf(column: string, value: string | number): string {
  return `${column}=${String(value).replaceAll('%', '%25').replaceAll(',', '%2C')}`;
}

/** As the API takes it, and people read it. */
export function plainCondition(condition: string): string {
  return condition.replaceAll('%2C', ',').replaceAll('%25', '%');
}
