/** Of the API. */
export const schedulePath = (name: string): string => `/schedules/${encodeURIComponent(name)}`;
