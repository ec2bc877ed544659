/**
 * Opens a container, or says why it does not open. Three questions stand apart: whether the file is whole, whether a
 * password opens each part, and what is inside. The password of the integrity check and that of the contents may differ.
 */
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import { isConsistent } from "./consistency.ts";
import { isEncrypted, isPrivateKey, parseBags, parseContainer, UnsupportedContainer, type Bags, type Container, type EncryptedPiece } from "./container.ts";
import { framed, type Framed } from "./frame.ts";
import { compareDigests, type Mac, type MacOutcome } from "./integrity.ts";
import { ITERATION_LIMIT, WORK_LIMIT } from "./limits.ts";
import type { ContainerFacts, Password } from "./refusal.ts";

export interface OpenedContainer {
  readonly certificates: readonly Uint8Array[];
  /** PKCS#8, DER. */
  readonly keys: readonly { readonly der: Uint8Array; readonly provider: string | null }[];
}

/** `facts` is null when the file could not be parsed at all. */
export interface Opening {
  readonly facts: ContainerFacts | null;
  readonly result: Result<OpenedContainer>;
}

/** What the passwords opened, and how many encrypted parts they did and did not. */
interface Parts extends OpenedContainer {
  readonly bags: readonly Bags[];
  readonly opened: number;
  readonly closed: number;
}

type MacState = MacOutcome | "absent" | "not-computed";

const unreadable = (what: "damaged" | "domain-protected" | "unsupported-cipher" | "unsupported-mac" | "too-many-iterations", detail?: string): Fault =>
  detail === undefined ? { kind: "unreadable", what } : { kind: "unreadable", what, detail };
const wrongPassword: Fault = { kind: "wrong-password", subject: "certificate" };

/**
 * Opens with a typed password. Where nothing was typed (null or the empty text) both no password and the empty one are
 * tried: they make different files (RFC 7292, B.1), and no person knows which it is.
 * Runs in the worker: the time it takes is the file's choice. Never throws.
 */
export function openContainer(file: Uint8Array, typed: string | null): Opening {
  const frame = framed(file);
  if (!frame.ok) return { facts: null, result: frame };
  try {
    const container = parseContainer(frame.value.bytes);
    return open(container, frame.value, typed === null || typed === "" ? [null, ""] : [typed]);
  } catch (error) {
    const fault: Fault =
      error instanceof UnsupportedContainer ? { kind: "unsupported", why: "certificate-container", detail: error.message } : unreadable("damaged");
    return { facts: null, result: fail(fault) };
  }
}

function open(container: Container, frame: Framed, passwords: readonly Password[]): Opening {
  const { mac, pieces } = container;
  const before = factsOf(container, frame, null);
  const refuse = (fault: Fault): Opening => ({ facts: before, result: fail(fault) });
  const excess = workFault(encryptedPieces(pieces), mac);
  if (excess !== null) return refuse(excess);
  const check = checkMac(container, passwords);
  const uncovered = encryptedPieces(pieces).find(({ encryption }) => encryption.decrypt === null);
  if (uncovered !== undefined && check.state !== "different") return refuse(unreadable("unsupported-cipher", uncovered.encryption.name));
  const parts = openParts(pieces, check.password === undefined ? passwords : [check.password], mac);
  if ("kind" in parts) return refuse(parts);
  const fault = faultOf(check.state, parts, mac?.hash);
  if (fault !== null) return refuse(fault === wrongPassword ? wrongPasswordOf(before) : fault);
  const facts = { ...factsOf(container, frame, parts.bags), integrity: integrityOf(check.state), isOpenedUntyped: passwords.length > 1 };
  return { facts, result: succeed({ certificates: parts.certificates, keys: parts.keys }) };
}

/** What a person is told whose password, or lack of one, opens nothing. */
function wrongPasswordOf({ domainPassword, asText }: ContainerFacts): Fault {
  if (domainPassword) return unreadable("domain-protected");
  return asText ? { kind: "wrong-password", subject: "certificate-as-text" } : wrongPassword;
}

/** The check under each password. With the one that it verifies under, since that is the file's. */
function checkMac({ mac, content }: Container, passwords: readonly Password[]): { readonly state: MacState; readonly password?: Password } {
  if (mac === null) return { state: "absent" };
  const { compute, digest } = mac;
  if (compute === null) return { state: "not-computed" };
  const outcomes = passwords.map((password) => ({ password, state: compareDigests(digest, compute(content, password)) }));
  return outcomes.find(({ state }) => state === "verified") ?? { state: outcomes.some(({ state }) => state === "near") ? "near" : "different" };
}

function integrityOf(state: MacState): ContainerFacts["integrity"] {
  if (state === "verified" || state === "absent") return state;
  return state === "not-computed" ? "unverified" : "unconfirmed";
}

/** Why what was opened cannot be used; null when it can. */
function faultOf(mac: MacState, parts: Parts, hash: string | undefined): Fault | null {
  const { opened, closed } = parts;
  if (mac === "verified") {
    // The file is as it was made, so that what does not open has another password.
    return closed === 0 ? null : { kind: "wrong-password", subject: "certificate-contents" };
  }
  if (closed > 0 && opened > 0) return mac === "absent" ? { kind: "wrong-password", subject: "certificate-contents" } : unreadable("damaged");
  if (closed > 0) return wrongPassword;
  if (mac === "absent") return null;
  // With nothing encrypted, nothing but the check tells whether the password is right.
  if (mac === "not-computed") return opened > 0 ? null : unreadable("unsupported-mac", hash);
  if (mac === "near") return unreadable("damaged");
  if (opened === 0) return wrongPassword;
  return isConsistent(parts) ? null : unreadable("damaged");
}

/** Opens every part with the first of the passwords that does. A fault when what is inside asks for too much work. */
function openParts(pieces: Container["pieces"], passwords: readonly Password[], mac: Mac | null): Parts | Fault {
  const tally = { opened: 0, closed: 0 };
  const counted = <T>(content: T | null): readonly T[] => {
    if (content === null) tally.closed += 1;
    else tally.opened += 1;
    return content === null ? [] : [content];
  };
  const bags = pieces.flatMap((piece) => (isEncrypted(piece) ? counted(decrypted(piece, passwords, parseBags)) : [piece]));
  const inner = workFault(encryptedPieces(bags), mac);
  if (inner !== null) return inner;
  const keys = bags.flatMap(({ keys: found }) =>
    found.flatMap(({ key, provider }) => {
      const ders = isEncrypted(key) ? counted(decrypted(key, passwords, privateKeyOf)) : [key];
      return ders.map((der) => ({ der, provider }));
    }),
  );
  return { bags, certificates: bags.flatMap(({ certificates }) => certificates), keys, ...tally };
}

/** Right padding comes about in one of 256 wrong passwords: what opens is what reads as what it must be. */
function decrypted<T>({ encryption, data }: EncryptedPiece, passwords: readonly Password[], read: (clear: Uint8Array) => T): T | null {
  for (const password of passwords) {
    try {
      if (encryption.decrypt !== null) return read(encryption.decrypt(data, password));
    } catch {
      // Another password, or damage: which of the two is for the whole file to say.
    }
  }
  return null;
}

function privateKeyOf(clear: Uint8Array): Uint8Array {
  if (!isPrivateKey(clear)) throw new Error("no private key");
  return clear;
}

function encryptedPieces(pieces: readonly (Bags | EncryptedPiece)[]): readonly EncryptedPiece[] {
  return pieces.flatMap((piece) => (isEncrypted(piece) ? [piece] : piece.keys.flatMap(({ key }) => (isEncrypted(key) ? [key] : []))));
}

function factsOf({ mac, pieces }: Container, { asText }: Framed, found: readonly Bags[] | null): ContainerFacts {
  const bags = found ?? pieces.filter((piece): piece is Bags => !isEncrypted(piece));
  const encryptions = encryptedPieces([...pieces.filter(isEncrypted), ...bags]).map(({ encryption }) => encryption);
  return {
    cipher: encryptions.length === 0 ? "none" : encryptions.some(({ generation }) => generation === "legacy") ? "legacy" : "modern",
    cipherNames: [...new Set(encryptions.map(({ name }) => name))],
    encryptions: encryptions.map(({ name, prf, generation, iterations }) => ({ name, prf, generation, iterations })),
    mac: mac === null ? null : { hash: mac.hash, iterations: mac.iterations, length: mac.digest.length, salt: mac.salt.length },
    integrity: null,
    isOpenedUntyped: false,
    asText,
    domainPassword: bags.some(({ domainPassword }) => domainPassword),
    skipped: bags.flatMap(({ skipped }) => skipped),
  };
}

function workFault(pieces: readonly EncryptedPiece[], mac: Mac | null): Fault | null {
  const counts = [...pieces.map(({ encryption }) => encryption.iterations), mac?.iterations ?? 0];
  const work = pieces.reduce((sum, { encryption }) => sum + encryption.work, mac?.work ?? 0);
  const most = Math.max(...counts);
  return most > ITERATION_LIMIT || work > WORK_LIMIT ? unreadable("too-many-iterations", String(most)) : null;
}
