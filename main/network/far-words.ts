/**
 * What a far side says for itself, fit for the details of a fault: without a secret, on one line, bounded. Error texts
 * repeat what was sent, such as AADSTS700027 the thumbprint; nothing promises that they never repeat more than that.
 */
import { plainWords } from "./plain-words.ts";

/** The longest descriptions of Microsoft's have about a thousand characters. */
const MAX_WORDS = 1_500;
const REMOVED = "[removed]";
/** Shorter values that were sent are words like any other. */
const MIN_SENT = 4;

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const PEM = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g;
/** A value after the name that OAuth (RFC 6749, RFC 7521) and others give to what is secret. */
const NAMED = /\b((?:client_secret|client_assertion|assertion|access_token|refresh_token|id_token|password|private_key|api_key)["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|(?![{[])[^\s"'&,;}]+)/gi;
const WITH_SCHEME = /\b((?:Bearer|Basic)\s+)(?=\S*\d)[\w.~+/=-]{8,}/gi;
/** Shapes that the vendors document for scanners: JWT, Google's access and refresh tokens, client secrets and API keys, Entra's client secrets and refresh tokens. */
const SHAPES: readonly RegExp[] = [
  /\beyJ[\w-]+(?:\.[\w-]*){0,4}/g,
  /\bya29\.[\w.-]+/g,
  /\b1\/\/[\w-]{10,}/g,
  /\bGOCSPX-[\w-]+/g,
  /\bAIza[\w-]{20,}/g,
  /[\w.~-]{3}\dQ~[\w.~-]{31,34}/g,
  /\b[01]\.A[\w-]{20,}(?:\.[\w-]+)*/g,
];
const LONG_RUN = /[\w+/~-]{32,}={0,2}/g;

/** Whether a long run of characters was drawn by chance: ids (GUIDs) and thumbprints (hexadecimal) are what support asks for. */
function isRandom(run: string): boolean {
  return [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(run)) && !GUID.test(run) && !/^[0-9a-f]+$/i.test(run);
}

/** Forms in which a value that was sent may come back: as it is, in a form's body, in JSON. */
function formsOf(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
}

/** The text without what is secret: what was `sent`, and whatever has a secret's name or shape. */
export function withoutSecrets(text: string, sent: readonly string[]): string {
  const forms = sent.filter((secret) => secret.length >= MIN_SENT).flatMap(formsOf);
  let clean = forms.reduce((left, form) => left.replaceAll(form, REMOVED), text).replaceAll(PEM, REMOVED);
  for (const shape of SHAPES) clean = clean.replaceAll(shape, REMOVED);
  return clean
    .replaceAll(NAMED, `$1${REMOVED}`)
    .replaceAll(WITH_SCHEME, `$1${REMOVED}`)
    .replaceAll(LONG_RUN, (run) => (isRandom(run) ? REMOVED : run));
}

/** The words of a far side, each part on a line of its own, parts that another holds left out; undefined where nothing is left. */
export function farWords(parts: readonly string[], sent: readonly string[]): string | undefined {
  const lines: string[] = [];
  for (const part of parts) {
    const line = plainWords(withoutSecrets(part, sent), MAX_WORDS);
    if (line !== "" && !lines.some((said) => said.includes(line))) lines.push(line);
  }
  return lines.length === 0 ? undefined : lines.join("\n");
}
