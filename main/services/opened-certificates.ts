/**
 * Certificate containers that were opened, by the references of container and password and by what was chosen of them:
 * opening one costs a hundred thousand rounds of hashing, and references are immutable. Private keys stay in this memory and nowhere else.
 */
import { succeed, type Result } from "../../shared/fault.ts";
import type { OpenedCertificate } from "../certificates/opened.ts";

/** Containers kept; the one that was not asked for the longest goes first. */
const KEPT = 32;

export class OpenedCertificates {
  readonly #kept = new Map<string, { readonly references: readonly string[]; readonly certificate: OpenedCertificate }>();

  /**
   * The container behind the references, opened with `open` the first time. `identity` is the thumbprint of the certificate
   * that was chosen of several. What does not open is not kept.
   */
  async get(references: readonly string[], open: () => Promise<Result<OpenedCertificate>>, identity: string | null = null): Promise<Result<OpenedCertificate>> {
    const key = JSON.stringify([references, identity]);
    const known = this.#kept.get(key);
    const opened = known === undefined ? await open() : succeed(known.certificate);
    if (!opened.ok) return opened;
    this.#kept.delete(key);
    this.#kept.set(key, { references, certificate: opened.value });
    const oldest = this.#kept.size > KEPT ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
    return opened;
  }

  /** Drops every container of which a reference is not in use any more. */
  keepOnly(inUse: ReadonlySet<string>): void {
    for (const [key, { references }] of this.#kept) if (!references.every((id) => inUse.has(id))) this.#kept.delete(key);
  }
}
