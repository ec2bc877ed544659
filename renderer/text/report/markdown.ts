/** A report as Markdown (CommonMark with GitHub's tables). */
import type { ReportBlock, SiteReport } from "./content.ts";

/** Names come from directories and files: none of them is Markdown, ends its line, or turns others round. */
function plain(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").replaceAll(/\p{C}/gu, "\u{FFFD}").trim();
  return line.replaceAll(/[\\`*_{}[\]<>#|~&!]/g, String.raw`\$&`).replace(/^(\d*)([-+=.)])(?= |$)/, String.raw`$1\$2`);
}

function blockText(block: ReportBlock): string {
  switch (block.kind) {
    case "facts":
      return block.facts.map(({ term, value }) => `- **${plain(term)}:** ${plain(value)}`).join("\n");
    case "list":
      return block.items.map((item) => `- ${plain(item)}`).join("\n");
    case "table":
      return [block.headings, block.headings.map(() => "---"), ...block.rows.map((row) => row.map(plain))].map((row) => `| ${row.join(" | ")} |`).join("\n");
    case "text":
    default:
      return plain(block.text);
  }
}

/** Several reports one below the other. */
export function markdownOf(reports: readonly SiteReport[]): string {
  const parts = reports.flatMap(({ title, about, sections }) => [
    `# ${plain(title)}`,
    plain(about),
    ...sections.flatMap((section) => [`## ${plain(section.title)}`, ...section.blocks.map(blockText)]),
  ]);
  return `${parts.join("\n\n")}\n`;
}
