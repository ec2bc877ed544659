/** Distinguished names (RFC 4514), compared as a directory does: without case and without spaces around separators. */

/** One step of a distinguished name, normalised: type and value in lower case, unescaped. */
function normalStep(type: string, value: string): string {
  // Keys are steps joined by line feeds: one inside a value, as in a conflict object's name, must not look like a step.
  return `${type.trim().toLowerCase()}=${value.toLowerCase().replaceAll("\n", "\\0a")}`;
}

function unescape(raw: string): string | null {
  if (!raw.includes("\\")) return raw.replaceAll(/^ +| +$/g, "");
  const text = raw.replace(/^ +/, "");
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text)) return null;
  const parts = text.match(/\\[0-9a-f]{2}|\\?[^]/giu) ?? [];
  const bytes = parts.map((part) => (/^\\[0-9a-f]{2}$/i.test(part) ? Buffer.from(part.slice(1), "hex") : Buffer.from(part.replace(/^\\(?=[^])/u, ""), "utf8")));
  const value = Buffer.concat(bytes).toString("utf8");
  // A blank at the end counts when it is escaped, as the last of an odd number of backslashes says.
  const escapes = /(\\*) $/.exec(text)?.[1]?.length ?? 0;
  return escapes % 2 === 1 || !text.endsWith(" ") ? value : value.replace(/ +$/, "");
}

/** Splits at commas that are not escaped. */
function steps(dn: string): string[] {
  if (!dn.includes("\\")) return dn.split(",");
  const found: string[] = [];
  let start = 0;
  for (let index = 0; index < dn.length; index += 1) {
    if (dn[index] === "\\") index += 1;
    else if (dn[index] === ",") {
      found.push(dn.slice(start, index));
      start = index + 1;
    }
  }
  found.push(dn.slice(start));
  return found;
}

/** The type and the unescaped value of a distinguished name's first step, and the name above it; null when it is none. */
export function leafOf(dn: string): { readonly type: string; readonly value: string; readonly parent: string } | null {
  const [first, ...above] = steps(dn);
  if (first === undefined || parseDn(dn) === null) return null;
  const at = first.indexOf("=");
  const value = unescape(first.slice(at + 1));
  return value === null || at < 1 ? null : { type: first.slice(0, at).trim(), value, parent: above.join(",") };
}

/** The normalised steps of a distinguished name, leaf first; null when it is none. The empty name has no steps. */
export function parseDn(dn: string): readonly string[] | null {
  if (dn.trim() === "") return [];
  const parsed: string[] = [];
  for (const step of steps(dn)) {
    const at = step.indexOf("=");
    const type = step.slice(0, at).trim();
    if (at < 1 || !/^[a-z0-9.-]+$/i.test(type)) return null;
    const value = unescape(step.slice(at + 1));
    if (value === null || value === "") return null;
    parsed.push(normalStep(type, value));
  }
  return parsed;
}

/** One text for all spellings of a distinguished name, or null when it is none. */
export function dnKey(dn: string): string | null {
  return parseDn(dn)?.join("\n") ?? null;
}

/** Puts a value into a distinguished name, escaped. */
export function escapeValue(value: string): string {
  return value
    .replaceAll(/[\\,+"<>;=#]/g, String.raw`\$&`)
    .replaceAll(/[\n\r]/g, (character) => `\\${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)
    .replace(/^ | $/g, String.raw`\ `);
}

/** `DC=contoso,DC=lab` for `contoso.lab`. */
export function domainDn(domain: string): string {
  return domain
    .split(".")
    .map((label) => `DC=${label}`)
    .join(",");
}
