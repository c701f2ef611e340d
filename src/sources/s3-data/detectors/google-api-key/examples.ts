import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: ['key=«AIzaSyA-1234567890abcdefghijklmnopqrstu»&x'],
  benign: [
    'AIzaSyA-short',
    'AIzaSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS',
    'xAIzaSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS',
  ],
};
