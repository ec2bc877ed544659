/** Distinguished names (RFC 4514), compared as a directory does: without case and without spaces around separators. */

/** One step of a distinguished name, normalised: type and value in lower case, unescaped. */
function normalStep(type: string, value: string): string {
  return `${type.trim().toLowerCase()}=${value.toLowerCase()}`;
}

function unescape(raw: string): string | null {
  if (!raw.includes("\\")) return raw.trim();
  const bytes: number[] = [];
  const text = raw.trimStart();
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char !== "\\") {
      bytes.push(...Buffer.from(char, "utf8"));
      continue;
    }
    const pair = text.slice(index + 1, index + 3);
    if (/^[0-9a-f]{2}$/i.test(pair)) {
      bytes.push(Number.parseInt(pair, 16));
      index += 2;
    } else if (index + 1 < text.length) {
      bytes.push(...Buffer.from(text.charAt(index + 1), "utf8"));
      index += 1;
    } else return null;
  }
  const value = Buffer.from(bytes).toString("utf8");
  return text.endsWith("\\ ") ? value : value.trimEnd();
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
  return value.replaceAll(/[\\,+"<>;=#]/g, String.raw`\$&`);
}

/** `DC=contoso,DC=lab` for `contoso.lab`. */
export function domainDn(domain: string): string {
  return domain
    .split(".")
    .map((label) => `DC=${label}`)
    .join(",");
}
