import type { App } from './api.ts';

/** Tells which methods the routes that are registered after this know at a path. */
export function methodsByPath(app: App): (path: string) => string[] {
  const routes: { url: string; pattern: RegExp; methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const segments = url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll('.', '[.]')));
    routes.push({ url, pattern: new RegExp(`^${segments.join('/')}$`), methods: [method].flat() });
  });
  return (path) => {
    const matching = routes.filter(({ pattern }) => pattern.test(path));
    // A name of its own goes before a parameter that could stand there.
    const exact = matching.filter(({ url }) => url === path);
    const here = exact.length > 0 ? exact : matching;
    return [...new Set(here.flatMap(({ methods }) => methods))].toSorted();
  };
}
