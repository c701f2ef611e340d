import { printable } from '../../../src/text/printable.ts';
import { richText } from '../../../src/text/rich-text.ts';
import type { Block } from '../../../src/text/rich-text.ts';
import { webAddress } from '../lib/links.ts';

/** Text of unknown origin, with what would hide or reorder characters made visible. */
export function Plain({ children }: { children: string }) {
  return <bdi>{printable(children)}</bdi>;
}

/** An identifier: fixed width, breaking anywhere rather than overflowing. */
export function Id({ children }: { children: string }) {
  return (
    <code className="id">
      <Plain>{children}</Plain>
    </code>
  );
}

/** An explanation in a scanner's words. */
export function RichText({ children }: { children: string }) {
  return (
    <div className="rich-text">
      {grouped(richText(children)).map((blocks, index) => (
        <BlockGroup key={index} blocks={blocks} />
      ))}
    </div>
  );
}

/** Items that follow each other make one list. */
function grouped(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (last?.[0]?.item === true && block.item) last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function BlockGroup({ blocks }: { blocks: readonly Block[] }) {
  const lines = blocks.map((block, index) => {
    const line = <Line block={block} />;
    return block.item ? <li key={index}>{line}</li> : <p key={index}>{line}</p>;
  });
  return blocks.some(({ item }) => item) ? <ul>{lines}</ul> : lines;
}

function Line({ block }: { block: Block }) {
  return block.spans.map(({ text, code }, index) =>
    code ? <code key={index}>{printable(text)}</code> : <span key={index}>{printable(text)}</span>,
  );
}

/** A link that a scanner or a server gave; text alone when its address is not one of the web. */
export function WebLink({ address, children }: { address: string; children?: string }) {
  const href = webAddress(address);
  const text = printable(children ?? address);
  if (href === null) return <span>{text}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="web-link">
      {text}
      <span className="visually-hidden"> (opens in a new tab)</span>
    </a>
  );
}
