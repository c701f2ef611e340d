import { useMemo } from 'react';
import type { SyntheticEvent } from 'react';

/**
 * The message as a mail program shows it, in a frame that runs no scripts. The page's policy for content holds in the
 * frame too and refuses style attributes, of which messages consist; so they travel under another name and are set
 * through the frame's own interface, which the policy allows.
 */
export function MailFrame({ html }: { html: string }) {
  // React has written the message: a quotation mark in its text is an entity, so this meets attributes only.
  const source = useMemo(() => html.replaceAll(' style="', ' data-style="'), [html]);
  return (
    <iframe
      className="mail-frame"
      title="The message"
      sandbox="allow-same-origin"
      srcDoc={source}
      onLoad={applyStyles}
    />
  );
}

function applyStyles({ currentTarget }: SyntheticEvent<HTMLIFrameElement>): void {
  for (const element of currentTarget.contentDocument?.querySelectorAll<HTMLElement>('[data-style]') ?? []) {
    element.style.cssText = element.dataset['style'] ?? '';
  }
}
