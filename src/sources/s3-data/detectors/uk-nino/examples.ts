import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: ['NINO: «AB123456C»', '«AB 12 34 56 C»'],
  benign: ['GB123456A', 'AB123456E', 'DA123456A', 'AO123456A', 'ab123456c', 'AB1234567C'],
};
