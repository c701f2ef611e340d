export { accountScan } from './account-scan.ts';
export { scanRun } from './scan-run.ts';
export { scanSummary } from './scan-summary.ts';
