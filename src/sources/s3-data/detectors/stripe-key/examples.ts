import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: ['STRIPE=«sk_live_4eC39HqLyjWDarjtT1zdp7dc»', '«rk_test_0123456789abcdefABCD»;'],
  benign: ['pk_live_4eC39HqLyjWDarjtT1zdp7dc', 'sk_live_short', 'task_live_4eC39HqLyjWDarjtT1zdp7dc'],
};
