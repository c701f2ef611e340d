import type { Check } from '../../catalogue.ts';
import { kinesisEncrypted } from './checks/kinesis-encrypted.ts';
import { kinesisRetention } from './checks/kinesis-retention.ts';

export const kinesisChecks: readonly Check[] = [kinesisEncrypted, kinesisRetention];
