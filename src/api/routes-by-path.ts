import type { App } from './api.ts';

/** Tells which methods the routes that are registered after this know at a path. */
export function methodsByPath(app: App): (path: string) => string[] {
  const routes: { pattern: RegExp; methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const segments = url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll('.', '[.]')));
    routes.push({ pattern: new RegExp(`^${segments.join('/')}$`), methods: [method].flat() });
  });
  return (path) => {
    const here = routes.filter(({ pattern }) => pattern.test(path));
    return [...new Set(here.flatMap(({ methods }) => methods))].toSorted();
  };
}
