/**
 * Secrets and certificate files that were given and are not sealed yet: references stand in for them while everything is
 * judged, so that what is refused leaves nothing behind.
 */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { SealedMessaging, SecretReference, Vault } from "../store/types.ts";

export class PendingSecrets {
  readonly #plain = new Map<string, { readonly purpose: string; readonly bytes: Uint8Array }>();

  /** A reference that stands in for a secret. */
  add(purpose: string, bytes: Uint8Array): SecretReference {
    const id = `pending-${this.#plain.size}`;
    this.#plain.set(id, { purpose, bytes });
    return { id, at: 0 };
  }

  get any(): boolean {
    return this.#plain.size > 0;
  }

  has(reference: SecretReference | undefined): boolean {
    return reference !== undefined && this.#plain.has(reference.id);
  }

  /** The bytes behind a reference, given or stored. Fails with `unreadable: secret-unreadable`. */
  open(vault: Vault, purpose: string, reference: SecretReference): Result<Uint8Array> {
    const given = this.#plain.get(reference.id);
    return given === undefined ? vault.open(purpose, reference) : succeed(given.bytes);
  }

  /** The reference itself when it is stored, else a new one to the sealed secret. Fails with `not-stored`. */
  async seal<R extends SecretReference | null>(vault: Vault, reference: R): Promise<Result<R | SecretReference>> {
    const given = reference === null ? undefined : this.#plain.get(reference.id);
    return given === undefined ? succeed(reference) : vault.seal(given.purpose, given.bytes);
  }

  /** A form with everything sealed. Fails with `not-stored`. */
  async sealForm(vault: Vault, form: SealedMessaging): Promise<Result<SealedMessaging>> {
    const secrets: Record<string, SecretReference> = {};
    const certificates: Record<string, SealedMessaging["certificates"][string]> = {};
    for (const [field, reference] of Object.entries(form.secrets)) {
      const sealed = await this.seal(vault, reference);
      if (!sealed.ok) return fail(sealed.fault);
      secrets[field] = sealed.value;
    }
    for (const [field, certificate] of Object.entries(form.certificates)) {
      const sealed = await this.seal(vault, certificate.secret);
      if (!sealed.ok) return fail(sealed.fault);
      certificates[field] = { ...certificate, secret: sealed.value };
    }
    return succeed({ ...form, secrets, certificates });
  }
}
