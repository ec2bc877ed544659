/**
 * A run beside an Active Directory: what was made there gets its recipient in Exchange Online, by the module's commands. Groups are made
 * without members: a directory synchronisation carries those.
 */
import type { Fault } from "../../../shared/fault.ts";
import type { DirectoryObject, MailRequest, StepOutcome } from "../../../shared/model/mail-object.ts";
import type { ProvisioningRun } from "../provider.ts";
import type { Office365Configuration } from "./configuration.ts";
import { recipientAddress, recipientIdentity } from "./naming.ts";
import { disableCommand, enableCommand } from "./online-commands.ts";
import type { OnlineError, OnlineSession, Recipient } from "./online-session.ts";

/** Classes of Exchange's that say what an object is refused for: names of exceptions, which no language changes (github.com/timmcmic/DLConversionV2/issues/130 quotes a record). */
const TAKEN = /ProxyAddressExists|NameNotAvailable|WLCDManagedMemberExists|ADObjectAlreadyExists|ObjectConflict/i;
const MISSING = /ManagementObjectNotFound/i;

function refusal({ reason, id, type }: OnlineError): Fault {
  const names = `${reason} ${id} ${type}`;
  const detail = [reason, id].filter((part) => part !== "").join(" ");
  if (TAKEN.test(names)) return { kind: "object-refused", why: "address-taken", detail };
  return { kind: "object-refused", why: MISSING.test(names) ? "object-missing" : "refused", detail };
}

export class OnlineRun implements ProvisioningRun {
  readonly #configuration: Office365Configuration;
  readonly #session: OnlineSession;

  constructor(configuration: Office365Configuration, session: OnlineSession) {
    this.#configuration = configuration;
    this.#session = session;
  }

  async ask(_server: string | null, request: MailRequest, _object: DirectoryObject, signal: AbortSignal): Promise<StepOutcome> {
    const connected = await this.#session.connect(signal);
    if (!connected.ok) return { state: connected.fault.kind === "timeout" || connected.fault.kind === "cancelled" || connected.fault.kind === "unreachable" ? "not-reached" : "refused", fault: connected.fault };
    const address = recipientAddress(this.#configuration, request);
    const identity = recipientIdentity(this.#configuration, request);
    const before = await this.#find(identity, signal);
    if (before.state !== "read") return before.outcome;
    const isDisabled = request.action === "disable";
    if (before.recipient !== null && !isDisabled) {
      return isTheOne(before.recipient, request) ? { state: "succeeded", already: true, address: before.recipient.address } : { state: "refused", fault: { kind: "object-refused", why: "address-taken" } };
    }
    // Get-Recipient and Remove-… take a secondary address or a name for another one's identity as well: nothing is removed but the very one.
    if (isDisabled && before.recipient !== null && !isTheOne(before.recipient, request)) return { state: "refused", fault: { kind: "object-refused", why: "enabled-otherwise" } };
    if (before.recipient === null && isDisabled) return { state: "succeeded", already: true, address: null };
    const { command, parameters } = isDisabled ? disableCommand(request, identity) : enableCommand(request, address);
    const answer = await this.#session.run(command, parameters, signal);
    if (!answer.ok) return { state: "unanswered", fault: answer.fault };
    if (answer.value.state === "not-offered") return { state: "refused", fault: { kind: "object-refused", why: "command-missing", detail: command } };
    if (answer.value.state === "refused") return { state: "refused", fault: refusal(answer.value.error) };
    return { state: "succeeded", already: false, address: isDisabled ? null : (answer.value.recipients[0]?.address ?? address) };
  }

  async look(request: MailRequest, _object: DirectoryObject, signal: AbortSignal): Promise<StepOutcome> {
    const connected = await this.#session.connect(signal);
    if (!connected.ok) return { state: "unanswered", fault: connected.fault };
    const found = await this.#find(recipientIdentity(this.#configuration, request), signal);
    if (found.state !== "read") return { state: "unanswered", fault: found.outcome.fault };
    if (request.action === "disable") return found.recipient === null ? { state: "found", address: null } : isTheOne(found.recipient, request) ? { state: "missing" } : { state: "different", address: found.recipient.address };
    if (found.recipient === null) return { state: "missing" };
    return { state: isTheOne(found.recipient, request) ? "found" : "different", address: found.recipient.address };
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  async #find(identity: string, signal: AbortSignal): Promise<{ readonly state: "read"; readonly recipient: Recipient | null } | { readonly state: "unread"; readonly outcome: Extract<StepOutcome, { fault: Fault }> }> {
    const answer = await this.#session.run("Get-Recipient", { Identity: identity }, signal);
    if (!answer.ok) return { state: "unread", outcome: { state: "not-reached", fault: answer.fault } };
    if (answer.value.state === "answered") return { state: "read", recipient: answer.value.recipients[0] ?? null };
    if (answer.value.state === "not-offered") return { state: "unread", outcome: { state: "refused", fault: { kind: "object-refused", why: "command-missing", detail: "Get-Recipient" } } };
    const fault = refusal(answer.value.error);
    if (fault.kind === "object-refused" && fault.why === "object-missing") return { state: "read", recipient: null };
    return { state: "unread", outcome: { state: "refused", fault } };
  }
}

function isTheOne({ name, alias }: Recipient, request: MailRequest): boolean {
  return alias.toLowerCase() === request.alias.toLowerCase() && name === request.name;
}
