import type { Registry } from '../sources/registry.ts';

/** Gives the sources that commands work with, when a command needs them. */
export type LoadSources = () => Promise<Registry>;

/** Those of the product. */
export const productSources: LoadSources = async () => (await import('../sources/registry.ts')).sources;
