/** What a far side wrote, made fit to be shown: bounded, on one line, without markup or characters nobody sees. */

const MAX_LENGTH = 100;
/** Enough for a title and a first sentence; it also bounds the work of the expressions below. */
const MAX_READ = 4096;
/** Made when it is first needed: reading its tables is a good part of a start. */
let graphemes: Intl.Segmenter | undefined;

/** Text on one line, without control and other invisible characters, cut with an ellipsis after `max` characters. */
export function plainWords(text: string, max: number = MAX_LENGTH): string {
  const line = text
    .slice(0, MAX_READ)
    .replaceAll(/[\p{C}\p{Z}]+/gu, " ")
    .trim();
  graphemes ??= new Intl.Segmenter();
  const characters = Array.from(graphemes.segment(line), ({ segment }) => segment);
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join("").trimEnd()}…`;
}

/** The first words of a page: its title where it is HTML and has one, else its text. Empty where nothing is left. */
export function firstWords(page: string): string {
  const start = page.slice(0, MAX_READ);
  const title = plainWords(/<title\b[^>]*>([^<]*)/i.exec(start)?.[1] ?? "");
  return title === "" ? plainWords(start.replaceAll(/<(script|style)\b.*?(<\/\1\s*>|$)/gis, " ").replaceAll(/<[^>]*(>|$)/g, " ")) : title;
}
