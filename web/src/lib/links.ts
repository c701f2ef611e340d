/** The address when a browser may open it, for references come from a scanner's results; null for any other scheme. */
export function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === 'http:' || protocol === 'https:' ? href : null;
}

/** A path of the dashboard to return to after signing in; the overview when the text is none, or leads elsewhere. */
export function returnPath(text = '/'): string {
  const here = 'http://dashboard.invalid';
  if (!URL.canParse(text, here)) return '/';
  const { origin, pathname, search, hash } = new URL(text, here);
  return origin !== here || pathname === '/sign-in' ? '/' : `${pathname}${search}${hash}`;
}
