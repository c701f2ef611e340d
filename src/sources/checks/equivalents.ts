/** What another tool calls the checks that say the same. */
export type Equivalents = Readonly<Record<string, readonly string[]>>;
