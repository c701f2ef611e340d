import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: ['CNPJ «11.222.333/0001-81»'],
  benign: ['11.222.333/0001-82', '00.000.000/0000-00', '11222333000181'],
};
