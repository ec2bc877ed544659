/** A run in a Microsoft Entra tenant: mail comes with a group, a while after it was made, and with a user's licence. */
import type { Fault } from "../../../shared/fault.ts";
import type { DirectoryObject, MailRequest, StepOutcome } from "../../../shared/model/mail-object.ts";
import type { DirectoryObjects } from "../../directory/types.ts";
import { outcomeOfRead } from "../../network/cloud-outcome.ts";
import type { ProvisioningRun } from "../provider.ts";

const notSupported: Fault = { kind: "object-refused", why: "type-not-supported" };

export class GraphRun implements ProvisioningRun {
  readonly #objects: DirectoryObjects;

  constructor(objects: DirectoryObjects) {
    this.#objects = objects;
  }

  async ask(_server: string | null, request: MailRequest, object: DirectoryObject): Promise<StepOutcome> {
    if (request.action !== "create") return { state: "refused", fault: notSupported };
    const entry = await this.#objects.read(object, []);
    if (!entry.ok) return outcomeOfRead(entry.fault);
    // Entra is eventually consistent: what was just made may not be there for whoever asks next (github.com/microsoftgraph/msgraph-sdk-java/issues/2575).
    if (entry.value === null) return { state: "not-seen", fault: { kind: "object-refused", why: "object-missing" } };
    const address = entry.value.attributes["mail"]?.[0] ?? null;
    if (address === null && request.type !== "mailbox") return { state: "not-seen", fault: { kind: "object-refused", why: "not-mail-enabled" } };
    return { state: "succeeded", already: false, address };
  }

  async look(request: MailRequest, object: DirectoryObject): Promise<StepOutcome> {
    const entry = await this.#objects.read(object, []);
    if (!entry.ok) return { state: "unanswered", fault: entry.fault };
    const address = entry.value?.attributes["mail"]?.[0] ?? null;
    return entry.value === null || (address === null && request.type !== "mailbox") ? { state: "missing" } : { state: "found", address };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
