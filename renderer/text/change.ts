/** A change of an identity store in words: what was changed, and its value before or after. */
import type { Changed } from "../../shared/fault.ts";
import type { Change } from "../../shared/model/draft.ts";
import { choiceOf } from "../../shared/rules/choice-value.ts";
import { formatDate } from "./format.ts";
import { entryName, fieldWords } from "./provider.ts";
import { say, sayIfKnown } from "./text.ts";

/** `servers.exa.contoso.lab.priority`: the server and what changed about it. */
const SERVER = /^servers\.(.+)\.(priority|build|roles|listed|certificate|right-[a-z-]+)$/;
/** A rung of the ladder that says what the account may do. */
const RIGHT = "right-";
/** A thumbprint, and the certificate's last moment. */
const CERTIFICATE = /^([0-9a-f]{64})(?: (\S+))?$/;
/** So much of a thumbprint tells one certificate from another one. */
const THUMBPRINT_SHOWN = 16;
/** Which certificate of a file with several was chosen. */
const CHOSEN = /^certificates\.(.+)\.identity$/;
/** `values.domain`: a field of the provider's form. */
const FIELD = /^(?:values|secrets|certificates)\.(.+)$/;
/** The last of a list of servers that goes on: `+12`. */
const MORE = /^\+(\d+)$/;

/** What was changed, such as `Domain name`. A key that this version does not know is shown as it is. */
export function changeLabel({ key, provider }: Changed): string {
  const [, server, what] = SERVER.exec(key) ?? [];
  if (server !== undefined && what?.startsWith(RIGHT) === true) return say("changes.server-right", { server, right: sayIfKnown(`rungs.${what.slice(RIGHT.length)}`) ?? what });
  if (server !== undefined) return sayIfKnown(`changes.server-${what ?? ""}`, { server }) ?? key;
  const chosen = CHOSEN.exec(key)?.[1];
  if (chosen !== undefined && provider !== null) return say("changes.certificate-identity", { field: fieldWords(provider, chosen).label });
  const field = FIELD.exec(key)?.[1];
  if (field !== undefined && provider !== null) return fieldWords(provider, field).label;
  return sayIfKnown(`changes.${key.replaceAll(".", "-")}`) ?? key;
}

function serverList(value: string): string {
  const names = value.split(", ");
  const count = MORE.exec(names.at(-1) ?? "")?.[1];
  return count === undefined ? value : say("changes.servers-more", { names: names.slice(0, -1).join(", "), count: Number(count) });
}

/** The word for a certificate's trust, or the file or fingerprint that is trusted. */
function trustName(value: string): string {
  const [mode = value, ...fact] = value.split(" ");
  return fact.length === 0 ? (sayIfKnown(`changes.trust-${mode}`) ?? value) : fact.join(" ");
}

/** `1A2B3C4D5E6F7A8B…, until 3 Mar 2027`. */
function certificateName(value: string): string {
  const [, sha256, ends] = CERTIFICATE.exec(value) ?? [];
  if (sha256 === undefined) return value;
  const thumbprint = sha256.slice(0, THUMBPRINT_SHOWN).toUpperCase();
  return ends === undefined ? say("changes.certificate-alone", { thumbprint }) : say("changes.certificate-until", { thumbprint, date: formatDate(Date.parse(ends)) });
}

/** A value in words where it is not one a person entered; null for such a value. */
function wordFor({ key, provider, secret }: Change, value: string): string | null {
  if (secret) return sayIfKnown(`changes.secret-${value}`);
  if (provider !== null && key.startsWith("values.")) return fieldWords(provider, key.slice("values.".length)).option(value);
  const about = SERVER.exec(key)?.[2];
  if (about === "listed" || about?.startsWith(RIGHT) === true) return sayIfKnown(`changes.server-is-${value}`);
  if (about === "certificate") return certificateName(value);
  switch (key) {
    case "provider":
      return entryName(choiceOf(value));
    case "connection.kind":
      return sayIfKnown(`identity-stores.kind-${value}`);
    case "connection.cloud":
      return sayIfKnown(`identity-stores.cloud-${value}`);
    case "connection.security":
      return sayIfKnown(`identity-stores.security-${value}`);
    case "connection.trust":
      return trustName(value);
    case "servers.added":
    case "servers.dropped":
      return serverList(value);
    default:
      return null;
  }
}

/** One side of a change: `Microsoft Exchange 2016`, `cleared`. Null and the empty text stand for nothing. */
export function changeValue(change: Change, side: "before" | "after"): string | null {
  const value = change[side];
  return value === null || value === "" ? null : (wordFor(change, value) ?? value);
}

/** One change on one line. */
export function changeText(change: Change): string {
  const side = (which: "before" | "after") => changeValue(change, which) ?? say("changes.empty");
  const values = change.secret ? side("after") : say("history.change-from-to", { before: side("before"), after: side("after") });
  return `${changeLabel(change)}: ${values}`;
}
