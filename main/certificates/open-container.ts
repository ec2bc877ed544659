/** Opens a container with its password, and says why it does not open. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import { parseBags, parseContainer, UnsupportedContainer, type Bags, type Container, type EncryptedPiece, type Mac } from "./container.ts";
import { derHeader, frameFault } from "./frame.ts";
import { DERIVE_MAC_KEY, derive, isKnownHash, passwordBytes, rounds } from "./key-derivation.ts";
import type { ContainerFacts } from "./refusal.ts";
import { ITERATION_LIMIT, SECOND_LOOK_LIMIT, WORK_LIMIT } from "./limits.ts";

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

const unreadable = (what: "damaged" | "unsupported-cipher" | "unsupported-mac" | "too-many-iterations", detail?: string): Fault =>
  detail === undefined ? { kind: "unreadable", what } : { kind: "unreadable", what, detail };
const wrongPassword: Fault = { kind: "wrong-password", subject: "certificate" };

/** Runs in the worker: the time it takes is the file's choice. Never throws. */
export function openContainer(bytes: Uint8Array, password: string | null): Opening {
  const frame = frameFault(bytes);
  if (frame !== null) return { facts: null, result: fail(frame) };
  let container: Container;
  try {
    container = parseContainer(bytes);
  } catch (error) {
    const fault: Fault =
      error instanceof UnsupportedContainer ? { kind: "unsupported", why: "certificate-container", detail: error.message } : unreadable("damaged");
    return { facts: null, result: fail(fault) };
  }
  return { facts: factsOf(container, []), ...openParsed(container, password) };
}

function isEncrypted(piece: Bags | EncryptedPiece): piece is EncryptedPiece {
  return "encryption" in piece;
}

function encryptedPieces(pieces: readonly (Bags | EncryptedPiece)[]): readonly EncryptedPiece[] {
  return pieces.flatMap((piece) => (isEncrypted(piece) ? [piece] : piece.keys.flatMap(({ encrypted }) => encrypted ?? [])));
}

function factsOf(container: Container, found: readonly Bags[]): ContainerFacts {
  const encryptions = encryptedPieces([...container.pieces, ...found]).map(({ encryption }) => encryption);
  const { mac } = container;
  return {
    cipher: encryptions.length === 0 ? "none" : encryptions.some(({ generation }) => generation === "legacy") ? "legacy" : "modern",
    cipherNames: [...new Set(encryptions.map(({ name }) => name))],
    mac: mac === null ? null : { hash: mac.hash, iterations: mac.iterations, length: mac.digest.length, salt: mac.salt.length },
  };
}

function openParsed(container: Container, password: string | null): { facts?: ContainerFacts; result: Result<OpenedContainer> } {
  const { mac, pieces } = container;
  const encrypted = encryptedPieces(pieces);
  const excess = workFault(encrypted, mac);
  if (excess !== null) return { result: fail(excess) };

  const verifiable = mac !== null && isKnownHash(mac.hash);
  if (mac !== null && verifiable && !macVerifies(mac, container.content, password)) {
    return { result: fail(isPasswordRight(encrypted, mac, container.content, password) ? unreadable("damaged") : wrongPassword) };
  }
  const uncovered = encrypted.find(({ encryption }) => encryption.decrypt === null);
  if (uncovered !== undefined) return { result: fail(unreadable("unsupported-cipher", uncovered.encryption.name)) };
  // With a MAC that cannot be verified and nothing encrypted, nothing at all tells whether the password is right.
  if (mac !== null && !verifiable && encrypted.length === 0) return { result: fail(unreadable("unsupported-mac", mac.hash)) };
  try {
    const bags = pieces.map((piece) => (isEncrypted(piece) ? parseBags(decryptPiece(piece, password)) : piece));
    const inner = workFault(encryptedPieces(bags), mac);
    if (inner !== null) return { result: fail(inner) };
    const keys = bags.flatMap(({ keys: found }) =>
      found.map(({ clear, encrypted: piece, provider }) => ({ der: clear ?? decryptPiece(piece, password), provider })),
    );
    const certificates = bags.flatMap(({ certificates: found }) => found);
    return { facts: factsOf(container, bags), result: succeed({ certificates, keys }) };
  } catch {
    // The MAC vouches for the password, so what does not decrypt after it is damaged.
    return { result: fail(verifiable ? unreadable("damaged") : wrongPassword) };
  }
}

function workFault(pieces: readonly EncryptedPiece[], mac: Mac | null): Fault | null {
  const counts = [...pieces.map(({ encryption }) => encryption.iterations), mac?.iterations ?? 0];
  const work = pieces.reduce((sum, { encryption }) => sum + encryption.work, mac === null ? 0 : rounds(mac.hash, mac.iterations, mac.digest.length));
  const most = Math.max(...counts);
  return most > ITERATION_LIMIT || work > WORK_LIMIT ? unreadable("too-many-iterations", String(most)) : null;
}

function decryptPiece(piece: EncryptedPiece | null, password: string | null): Uint8Array {
  if (piece?.encryption.decrypt == null) throw new Error("a cipher that is not decrypted here");
  return piece.encryption.decrypt(piece.data, password);
}

/** RFC 7292, 4: an HMAC over the content, keyed by a derivation as long as the hash. */
function macVerifies(mac: Mac, content: Uint8Array, password: string | null): boolean {
  const length = createHmac(mac.hash, "").digest().length;
  const key = derive(mac.hash, DERIVE_MAC_KEY, passwordBytes(password), mac.salt, mac.iterations, length);
  const digest = createHmac(mac.hash, key).update(content).digest();
  return digest.length === mac.digest.length && timingSafeEqual(digest, mac.digest);
}

/**
 * After a MAC that does not verify: whether the password is right and the file therefore damaged. It is when something
 * decrypts with it, unless the file was made with the other kind of no password, which decrypts alike under PBES2.
 */
function isPasswordRight(pieces: readonly EncryptedPiece[], mac: Mac, content: Uint8Array, password: string | null): boolean {
  const [piece] = pieces;
  if (piece === undefined || Math.max(piece.encryption.iterations, mac.iterations) > SECOND_LOOK_LIMIT) return false;
  if (!password && macVerifies(mac, content, password === null ? "" : null)) return false;
  try {
    const clear = decryptPiece(piece, password);
    const outer = derHeader(clear);
    return clear[0] === 0x30 && outer?.length != null && outer.start + outer.length === clear.length;
  } catch {
    return false;
  }
}
