import { html } from './html.ts';
import type { Markup } from './html.ts';

interface ReportPage {
  /** What it is a report of: `Compliance report`. */
  kind: string;
  title: string;
  /** The title of the window, where that says more. */
  windowTitle?: string;
  /** Below the title: whose it is, and as of when. */
  lead: Markup;
  body: readonly (Markup | null)[];
  /** Beside what every report has. */
  styles: Markup;
}

/**
 * A report for people who have no access: one page that needs nothing else, asks nothing of anybody, and can be printed.
 * Everything on it that comes from elsewhere is text.
 */
export function reportPage({ kind, title, windowTitle = title, lead, body, styles }: ReportPage): string {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="referrer" content="no-referrer" />
        <title>${windowTitle}</title>
        <style>
          ${COMMON} ${styles}
        </style>
      </head>
      <body>
        <main>
          <header>
            <p class="kind">${kind}</p>
            <h1>${title}</h1>
            ${lead}
          </header>
          ${body.map((part) => html`${part}`)}
        </main>
      </body>
    </html> `.text;
}

/** `2026-11-28 09:15 UTC` */
export function minuteText(isoTime: string): string {
  return `${isoTime.slice(0, 16).replace('T', ' ')} UTC`;
}

/** Shares of a whole as a bar, each in the class `fill-` and its name. */
export function shareBar(shares: readonly (readonly [name: string, count: number])[]): Markup {
  const total = shares.reduce((sum, [, count]) => sum + count, 0);
  let left = 0;
  const parts = shares
    .filter(([, count]) => count > 0)
    .map(([name, count]) => {
      const width = (100 * count) / Math.max(1, total);
      const part = html`<rect class="fill-${name}" x="${left}" y="0" width="${width}" height="6"></rect>`;
      left += width;
      return part;
    });
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    ${parts}
  </svg>`;
}

/** `Account (111111111111)`, or the number alone. */
export function accountText(names: ReadonlyMap<string, string>, accountId: string): string {
  const name = names.get(accountId);
  return name === undefined ? accountId : `${name} (${accountId})`;
}

const COMMON = html`
  :root{color-scheme:light;--line:#d5dbe1;--muted:#52606d} *{box-sizing:border-box}
  body{margin:0;background:#fff;color:#1f2933;font:14px/1.5 system-ui,-apple-system,Segoe
  UI,Roboto,Arial,sans-serif} main{max-width:60rem;margin:0 auto;padding:2rem 1.25rem 4rem}
  h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem} h2{font-size:1.25rem;margin:2.25rem 0
  .5rem;border-bottom:2px solid var(--line);padding-bottom:.25rem} h3{font-size:1.05rem;margin:1.75rem 0
  .25rem} h4{font-size:.95rem;margin:0} p{margin:.25rem 0}
  .kind{color:var(--muted);text-transform:uppercase;letter-spacing:.08em;font-size:.75rem}
  .muted{color:var(--muted)} .score strong{font-size:1.75rem}
  .bar{display:block;width:100%;height:.75rem;margin:.5rem 0;border-radius:.2rem}
  .counts{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;padding:0;margin:.5rem 0}
  table{border-collapse:collapse;width:100%;margin:.5rem 0}
  th,td{text-align:right;vertical-align:top;padding:.3rem .5rem;border-top:1px solid
  var(--line);font-variant-numeric:tabular-nums} th{font-weight:600} thead
  th{border-top:0;color:var(--muted);font-size:.8rem} th:first-child{text-align:left} tbody
  th{font-weight:400;overflow-wrap:anywhere} a{color:inherit} code{font:.8rem/1.4
  ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
  .badge{display:inline-block;border:1px solid currentColor;border-radius:.25rem;padding:0
  .4rem;font-size:.75rem;font-weight:600;white-space:nowrap} @media (max-width:40rem){main{padding:1rem
  .75rem}th,td{padding:.3rem .25rem}} @page{size:A4;margin:16mm} @media
  print{main{max-width:none;padding:0}body{font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}tr{break-inside:avoid}h2,h3,h4{break-after:avoid}}
`;
