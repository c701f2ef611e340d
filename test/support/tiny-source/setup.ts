import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SetupStep } from '../../../src/sources/source.ts';
import type { tinySettings } from './settings.ts';

export const tinySetup: readonly SetupStep<typeof tinySettings>[] = [
  {
    title: 'Tiny',
    async run({ home }, { allowSystemPackages }) {
      const folder = join(home, 'tiny');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return `${folder}${allowSystemPackages ? ', with system packages' : ''}`;
    },
  },
];
