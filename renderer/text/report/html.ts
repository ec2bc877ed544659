/** A report as one HTML file that prints well: a page an identity store, nothing loaded from anywhere, no script. */
import { say } from "../text.ts";
import type { ReportBlock, SiteReport } from "./content.ts";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Names come from directories and files. */
function plain(text: string): string {
  return text.replaceAll(/\p{C}/gu, "\u{FFFD}").replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const STYLE = `
:root { color-scheme: light; }
body { font: 11pt/1.4 "Segoe UI", system-ui, sans-serif; color: #1b1a19; background: #fff; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
article + article { break-before: page; border-top: 1px solid #8a8886; margin-top: 2rem; }
h1 { font-size: 18pt; margin: 1rem 0 0; } h2 { font-size: 13pt; margin: 1.2rem 0 .3rem; break-after: avoid; }
p { margin: .3rem 0; } ul { margin: .3rem 0; padding-left: 1.2rem; }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .15rem 1rem; margin: .3rem 0; } dt { color: #605e5c; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .2rem .5rem .2rem 0; border-bottom: 1px solid #c8c6c4; overflow-wrap: anywhere; } tr { break-inside: avoid; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 9.5pt; } article + article { border-top: 0; margin-top: 0; } }
@page { margin: 18mm; }
`;

function blockHtml(block: ReportBlock): string {
  const cells = (row: readonly string[], tag: "th" | "td") => `<tr>${row.map((cell) => `<${tag}${tag === "th" ? ' scope="col"' : ""}>${plain(cell)}</${tag}>`).join("")}</tr>`;
  switch (block.kind) {
    case "facts":
      return `<dl>${block.facts.map(({ term, value }) => `<dt>${plain(term)}</dt><dd>${plain(value)}</dd>`).join("")}</dl>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${plain(item)}</li>`).join("")}</ul>`;
    case "table":
      return `<table><thead>${cells(block.headings, "th")}</thead><tbody>${block.rows.map((row) => cells(row, "td")).join("")}</tbody></table>`;
    case "text":
    default:
      return `<p>${plain(block.text)}</p>`;
  }
}

const articleHtml = ({ title, about, sections }: SiteReport): string =>
  `<article><h1>${plain(title)}</h1><p>${plain(about)}</p>${sections.map((section) => `<section><h2>${plain(section.title)}</h2>${section.blocks.map(blockHtml).join("")}</section>`).join("")}</article>`;

/** Several reports, each on pages of its own. */
export function htmlOf(reports: readonly SiteReport[]): string {
  const [first, ...others] = reports;
  const title = first !== undefined && others.length === 0 ? first.title : say("site-report.title-many", { count: reports.length });
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return [
    "<!doctype html>",
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${plain(title)}</title><style>${STYLE}</style></head>`,
    `<body><main>${reports.map(articleHtml).join("\n")}</main></body></html>`,
    "",
  ].join("\n");
}
