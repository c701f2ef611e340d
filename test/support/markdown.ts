const FENCED = /^(```|~~~)[^\n]*\n[\s\S]*?^\1[^\S\n]*$/gm;
const CODE = /`[^`\n]*`/g;
const LINK = /\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g;
const ELSEWHERE = /^[a-z][a-z+.-]*:/i;

/** Where the links of a page lead, but for those to other hosts and those in examples of code. */
export function linksOf(markdown: string): string[] {
  const text = markdown.replace(FENCED, '').replace(CODE, '');
  return [...text.matchAll(LINK)]
    .map(([, target = '']) => target)
    .filter((target) => !ELSEWHERE.test(target));
}

/** The anchors of a page's headings as GitHub makes them, in order. */
export function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>();
  const headings = markdown.replace(FENCED, '').matchAll(/^#{1,6} (.+)$/gm);
  return [...headings].map(([, heading = '']) => {
    const slug = slugOf(heading);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}
