/**
 * Keeps secrets out of logs. Callers must not log secrets at all; this is the second line, for what slips through in an
 * error text or a header.
 */

const mask = "[redacted]";
const depthLimit = 6;
const textLimit = 8_000;
const entryLimit = 100;

/** Field names whose value is a secret whatever it looks like. */
const secretName = /pass(?:word|wd|phrase)?$|pwd|secret|token|bearer|authori[sz]ation|cookie|credential|private.?key|api.?key|^key$|^code$|pfx|p12|assertion|session.?id/i;

/** What looks like a secret wherever it stands in a text; the first group, where there is one, is kept. */
const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z0-9 ]*(?:PRIVATE KEY|PKCS12)[A-Z0-9 ]*-----[\s\S]*?(?:-----END [A-Z0-9 ]*-----|$)/g, mask],
  [/\b(Bearer|Basic|Negotiate|NTLM)\s+[\w.~+/=-]{6,}/gi, `$1 ${mask}`],
  // JSON Web Tokens: three base64url parts, the first of them an object.
  [/\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g, mask],
  // AGE-SECRET-KEY-1…, the form of the age tool.
  [/\bAGE-SECRET-KEY-[A-Z0-9]+/gi, mask],
  // user:password@ in an address.
  [/(:\/\/[^\s/:@]*):[^\s/@]+@/g, `$1:${mask}@`],
  // name=value and "name": "value", as in query strings, forms and JSON that ended up in a message, cut off or not.
  [
    /((?:password|passwd|passphrase|pwd|secret|token|assertion|api[_-]?key|private[_-]?key|credential)["']?\s*[:=]\s*)(?:"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)|[^\s,;&"'}\])]+)/gi,
    `$1${mask}`,
  ],
  [/([#?&]code=)[^\s&"']+/g, `$1${mask}`],
];

/** The text, cut to 8,000 characters, with everything that looks like a secret replaced. */
export function redactText(text: string): string {
  let clean = text.slice(0, textLimit);
  for (const [pattern, replacement] of secretTexts) clean = clean.replace(pattern, replacement);
  return text.length > textLimit ? `${clean}…` : clean;
}

/** A copy that is safe to write as JSON: secrets masked, errors as name, message and stack, cycles and depth cut. */
export function redact(value: unknown): unknown {
  return walk(value, 0, new Set());
}

/** {@link redact} for the fields of a log line. */
export function redactFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, isSecret(name, value) ? mask : redact(value)]));
}

function walk(value: unknown, depth: number, above: ReadonlySet<object>): unknown {
  if (typeof value === "string") return redactText(value);
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object") return value === undefined ? undefined : `[${typeof value}]`;
  if (depth >= depthLimit || above.has(value)) return "[…]";
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  const inside = new Set(above).add(value);
  if (value instanceof Error) return describeError(value, depth, inside);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.slice(0, entryLimit).map((item) => walk(item, depth + 1, inside));
  const entries = value instanceof Map ? [...value].map(([key, item]) => [String(key), item] as const) : Object.entries(value);
  return Object.fromEntries(
    entries.slice(0, entryLimit).map(([name, item]) => [redactText(name), isSecret(name, item) ? mask : walk(item, depth + 1, inside)]),
  );
}

/** Booleans and absent values say whether a secret is there, not what it is. */
function isSecret(name: string, value: unknown): boolean {
  return secretName.test(name) && value !== null && value !== undefined && typeof value !== "boolean";
}

function describeError(error: Error, depth: number, above: ReadonlySet<object>): unknown {
  return {
    name: error.name,
    message: redactText(error.message),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...("code" in error && typeof error.code === "string" ? { code: redactText(error.code) } : {}),
    ...(error.cause === undefined ? {} : { cause: walk(error.cause, depth + 1, above) }),
  };
}
