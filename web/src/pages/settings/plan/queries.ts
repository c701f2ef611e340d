import type { Prices } from '../../../../../src/api/schemas/billing.ts';
import { read } from '../../../api/read.ts';

export const pricesQuery = read<Prices>('organisation', '/billing/prices');
