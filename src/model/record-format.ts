/** How any list can be had as a file. */
export const RECORD_FORMATS = ['csv', 'jsonl'] as const;
export type RecordFormat = (typeof RECORD_FORMATS)[number];
