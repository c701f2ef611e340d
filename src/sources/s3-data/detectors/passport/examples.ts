import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: ['Passport no. «123456789»', '"passportNumber":"«C01234567»"', 'PASSEPORT «AB1234567»'],
  benign: ['number 123456789', 'passport office', 'passport 12345678'],
};
