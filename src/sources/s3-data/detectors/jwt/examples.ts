import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: [
    'Authorization: Bearer «eyJhbGciOiAiSFMyNTYiLCAidHlwIjogIkpXVCJ9.eyJzdWIiOiAiMTIzNDU2Nzg5MCIsICJuYW1lIjogIkpvaG4ifQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c»',
    '"token":"«eyJhbGciOiAiSFMyNTYiLCAidHlwIjogIkpXVCJ9.eyJzdWIiOiAiMTIzNDU2Nzg5MCIsICJuYW1lIjogIkpvaG4ifQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c»"',
  ],
  benign: [
    'eyJhbGciOiJIUzI1NiJ9',
    'eyJub3QiOiJhIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.short',
  ],
};
