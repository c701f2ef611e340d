/** Which part of a list is asked for. */
export interface PageRequest {
  /** At most so many rows. */
  limit: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
}
