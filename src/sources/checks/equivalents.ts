/** By check, what another tool calls those that say the same; ids with spaces between. */
export type Equivalents = Readonly<Record<string, string>>;
