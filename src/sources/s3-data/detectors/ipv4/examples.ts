import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: ['from «203.0.113.7» to', '«10.1.2.3»:443', 'ends with «192.0.2.1».'],
  benign: ['256.1.1.1', '1.2.3', '01.2.3.4', '127.0.0.1', 'v1.2.3.4', '1.2.3.4-beta'],
};
