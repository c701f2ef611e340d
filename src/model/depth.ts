/** How far a scan goes, of sources that have depths; each goes as far as those before it, and further. */
export const SCAN_DEPTHS = ['quick', 'standard', 'deep'] as const;
export type ScanDepth = (typeof SCAN_DEPTHS)[number];
