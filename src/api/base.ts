/** Where the API begins; a change that breaks clients gets another number. */
export const BASE = '/api/v1';
