export { accountScan } from './account-scan.ts';
export { batchedCollect } from './batched-collect.ts';
export { organizationEnd } from './organization-end.ts';
export { purge } from './purge.ts';
export { scanRun } from './scan-run.ts';
export { scanSummary } from './scan-summary.ts';
export { view360Load, view360Pull, view360Receive } from './view360.ts';
