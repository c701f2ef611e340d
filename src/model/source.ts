/** The source of a scan that names none. */
export const DEFAULT_SOURCE = 'scoutsuite';
/** The one source there was before a run could have several. */
export const FIRST_SOURCE = 'scoutsuite';
