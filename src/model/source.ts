/** The source of a scan that names none. */
export const DEFAULT_SOURCE = 'scoutsuite';
