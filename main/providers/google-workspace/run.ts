/** A run of mail objects with Google Workspace: each is made in the directory before, and gets its group or user at Google here. */
import type { Fault } from "../../../shared/fault.ts";
import type { DirectoryObject, MailRequest, StepOutcome } from "../../../shared/model/mail-object.ts";
import type { ProviderContext, ProvisioningRun } from "../provider.ts";
import { outcomeOfRead, outcomeOfWrite } from "../../network/cloud-outcome.ts";
import type { GoogleWorkspaceConfiguration } from "./configuration.ts";
import { addressOf, fullName, isUser } from "./naming.ts";
import { GoogleObjects, type GoogleObject } from "./objects.ts";

const otherwise: Fault = { kind: "object-refused", why: "enabled-otherwise" };

/** Whether what Google has under the address is the one: made for the object, or where nothing says, with its name. */
function isTheOne(found: GoogleObject, address: string, request: MailRequest, { guid }: DirectoryObject): boolean {
  if (found.email.toLowerCase() !== address.toLowerCase()) return false;
  if (found.guid !== null && guid !== null) return found.guid === guid;
  return found.name === (isUser(request) ? fullName(request.name) : request.name);
}

export class GoogleRun implements ProvisioningRun {
  readonly #configuration: GoogleWorkspaceConfiguration;
  readonly #objects: GoogleObjects;

  constructor(configuration: GoogleWorkspaceConfiguration, context: ProviderContext) {
    this.#configuration = configuration;
    this.#objects = new GoogleObjects(configuration, context);
  }

  async ask(_server: string | null, request: MailRequest, object: DirectoryObject, signal: AbortSignal): Promise<StepOutcome> {
    const ready = await this.#objects.ready(request, signal);
    if (!ready.ok) return outcomeOfRead(ready.fault);
    const address = addressOf(this.#configuration, request);
    return request.action === "disable" ? this.#disable(address, request, object, signal) : this.#enable(address, request, object, signal);
  }

  async look(request: MailRequest, object: DirectoryObject, signal: AbortSignal): Promise<StepOutcome> {
    const ready = await this.#objects.ready(request, signal);
    if (!ready.ok) return { state: "unanswered", fault: ready.fault };
    const address = addressOf(this.#configuration, request);
    const found = await this.#objects.read(address, request, signal);
    if (!found.ok) return { state: "unanswered", fault: found.fault };
    if (request.action === "disable") {
      if (found.value === null) return { state: "found", address: null };
      return isTheOne(found.value, address, request, object) ? { state: "missing" } : { state: "different", address: found.value.email };
    }
    if (found.value === null) return { state: "missing" };
    return isTheOne(found.value, address, request, object) ? { state: "found", address: found.value.email } : { state: "different", address: found.value.email };
  }

  /** Google's sessions are tokens, which end by themselves. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  async #enable(address: string, request: MailRequest, object: DirectoryObject, signal: AbortSignal): Promise<StepOutcome> {
    const made = await this.#objects.insert(address, request, object, signal);
    if (made.ok) return { state: "succeeded", already: false, address };
    if (made.fault.kind !== "object-refused" || made.fault.why !== "address-taken") return outcomeOfWrite(made.fault);
    const found = await this.#objects.read(address, request, signal);
    if (!found.ok) return { state: "unanswered", fault: found.fault };
    // What was just made is not shown to everybody at once (github.com/GAM-team/GAM/issues/1074): it is looked for again.
    if (found.value === null) return { state: "unanswered", fault: made.fault };
    return isTheOne(found.value, address, request, object) ? { state: "succeeded", already: true, address } : { state: "refused", fault: made.fault };
  }

  async #disable(address: string, request: MailRequest, object: DirectoryObject, signal: AbortSignal): Promise<StepOutcome> {
    const found = await this.#objects.read(address, request, signal);
    if (!found.ok) return outcomeOfRead(found.fault);
    if (found.value === null) return { state: "succeeded", already: true, address: null };
    if (!isTheOne(found.value, address, request, object)) return { state: "refused", fault: otherwise };
    const removed = await this.#objects.remove(address, request, signal);
    if (removed.ok) return { state: "succeeded", already: false, address: null };
    const isGone = removed.fault.kind === "object-refused" && removed.fault.why === "object-missing";
    return isGone ? { state: "succeeded", already: true, address: null } : outcomeOfWrite(removed.fault);
  }
}
