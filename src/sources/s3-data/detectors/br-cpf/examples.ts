import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: ['CPF «529.982.247-25»'],
  benign: ['529.982.247-26', '111.111.111-11', '52998224725', '1529.982.247-25'],
};
