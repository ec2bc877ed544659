/** The ways in which a text stands in other texts. */
import { domainToASCII, domainToUnicode } from "node:url";

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Everything beyond ASCII as `\uXXXX`, as some libraries write JSON. */
function inAsciiJson(text: string): string {
  return inJson(text).replaceAll(/[^\u0020-\u007E]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function inAddress(text: string): string[] {
  try {
    return [encodeURIComponent(text), encodeURI(text), new URLSearchParams({ "": text }).toString().slice(1)];
  } catch {
    // Half of a character has no place in an address.
    return [];
  }
}

/** RFC 4514, section 2.4, and RFC 4515, section 3. */
function inDirectory(text: string): string[] {
  return [text.replaceAll(/[,+"\\<>;=#]/g, String.raw`\$&`), text.replaceAll(/[*()\\]/g, (character) => `\\${character.charCodeAt(0).toString(16)}`)];
}

function inMarkup(text: string): string[] {
  const named = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  return [named, named.replaceAll("'", "&#39;"), named.replaceAll("'", "&apos;")];
}

/** A text as it is, and as JSON (once and in JSON again), addresses, distinguished names, filters, markup and PowerShell write it. */
export function spellingsOf(text: string): readonly string[] {
  const composed = [text, text.normalize("NFC"), text.normalize("NFD")];
  const written = composed.flatMap((one) => [one, inJson(one), inJson(inJson(one)), inAsciiJson(one), one.replaceAll("'", "''"), ...inAddress(one), ...inDirectory(one), ...inMarkup(one)]);
  return [...new Set(written)];
}

/** A DNS name in letters and as punycode (RFC 3492), and as the components of a distinguished name. */
export function spellingsOfDomain(name: string): readonly string[] {
  const forms = [name, domainToASCII(name), domainToUnicode(name)].filter((form) => form !== "");
  return [...new Set(forms.flatMap((form) => (/^[\w.-]+$/.test(form) ? [form] : spellingsOf(form))))];
}

/** `DC=contoso,DC=lab`. */
export function componentsOf(domain: string): string {
  return domain
    .split(".")
    .map((label) => `DC=${label}`)
    .join(",");
}

/** So many characters of base64 say nothing of a text alone: they hang on what stands before and after it. */
const BITS = 6;

/** What base64 of any text with these bytes in it holds, wherever they begin there. */
export function withinBase64(bytes: Uint8Array): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const inner = text.slice(Math.ceil((before * 8) / BITS), Math.floor(((before + bytes.length) * 8) / BITS));
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
