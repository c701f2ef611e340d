import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: [
    'IBAN «GB82 WEST 1234 5698 7654 32»',
    '"«DE89370400440532013000»"',
    '«FR1420041010050500013M02606»,',
    '«BE68539007547034»',
  ],
  benign: [
    'GB82 WEST 1234 5698 7654 33',
    'DE8937040044053201300',
    'XX82WEST12345698765432',
    'GB82WEST123456987654321',
  ],
};
