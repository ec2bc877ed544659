/** Mail objects of Other: the mail attributes of groups, users and contacts in Active Directory, written and compared. */
import type { Fault, Issue } from "../../../shared/fault.ts";
import type { DirectoryObject, MailObjectType, MailRequest, StepOutcome } from "../../../shared/model/mail-object.ts";
import { isMailAddress } from "../../../shared/rules/mail-address.ts";
import type { AttributeChange, DirectoryObjects } from "../../directory/types.ts";
import type { Provisioning, ProvisioningRun } from "../provider.ts";
import { commandsOf } from "./commands.ts";
import type { OtherConfiguration } from "./configuration.ts";
import { addressOf, changesToDisable, changesToEnable, mailPart, MAIL_ATTRIBUTES } from "./mail-attributes.ts";

/** The provider holds the mail: nobody has a mailbox here. */
const TYPES: readonly MailObjectType[] = ["distribution-group", "security-group", "mail-user", "mail-contact"];

export const provisioning: Provisioning<OtherConfiguration> = {
  via: "attributes",
  types: () => TYPES.map((type) => ({ type, why: null })),
  domain: ({ domain }) => domain,
  aliasLength: ({ maximumAliasLength }) => maximumAliasLength,
  issues: issuesOf,
  address: addressOf,
  attributes: (configuration, request) => {
    const { single, primary } = mailPart(configuration, request);
    return { ...Object.fromEntries(Object.entries(single).map(([name, value]) => [name, [value]])), proxyAddresses: [primary] };
  },
  byHand: () => [],
  commands: (configuration, request, { identity, controller }) => commandsOf(request, mailPart(configuration, request), identity ?? request.identity, controller),
  openObjects: null,
  open: (configuration, _context, objects) => new OtherRun(configuration, objects),
};

/** The alias itself is judged by the rules that the form's expression belongs to, with the bench's own judge. */
function issuesOf({ domain, maximumAliasLength }: OtherConfiguration, { action, type, alias, address, externalAddress }: MailRequest): readonly Issue[] {
  if (!TYPES.includes(type)) return [{ path: ["type"], code: "type-not-supported" }];
  if (action === "disable") return [];
  const issues: Issue[] = [];
  if (alias === "") issues.push({ path: ["alias"], code: "required" });
  // In UTF-16 units, as .NET and the bench count them.
  if (alias.length > maximumAliasLength) issues.push({ path: ["alias"], code: "alias-too-long", facts: { most: maximumAliasLength } });
  const expected = `${alias}@${domain}`;
  if (address !== null && address.toLowerCase() !== expected.toLowerCase()) issues.push({ path: ["address"], code: "address-not-of-alias", facts: { address: expected } });
  if (externalAddress !== null && !isMailAddress(externalAddress)) issues.push({ path: ["externalAddress"], code: "email" });
  return issues;
}

/** Of a read, nothing was changed. */
function unread(fault: Fault): StepOutcome {
  return { state: isSilent(fault) ? "not-reached" : "refused", fault };
}

/** Faults after which it is not known what the far side did. */
function isSilent({ kind }: Fault): boolean {
  return kind === "unreachable" || kind === "timeout" || kind === "cancelled" || kind === "throttled";
}

class OtherRun implements ProvisioningRun {
  readonly #configuration: OtherConfiguration;
  readonly #objects: DirectoryObjects;

  constructor(configuration: OtherConfiguration, objects: DirectoryObjects) {
    this.#configuration = configuration;
    this.#objects = objects;
  }

  async ask(_server: string | null, request: MailRequest, object: DirectoryObject, signal: AbortSignal): Promise<StepOutcome> {
    const entry = await this.#objects.read(object, MAIL_ATTRIBUTES);
    if (!entry.ok) return unread(entry.fault);
    if (entry.value === null) return { state: "refused", fault: { kind: "object-refused", why: "object-missing" } };
    const changes = this.#changes(entry.value, request);
    if (changes === null) return { state: "refused", fault: { kind: "object-refused", why: "enabled-otherwise" } };
    const address = this.#address(request);
    if (changes.length === 0) return { state: "succeeded", already: true, address };
    if (signal.aborted) return { state: "not-reached", fault: { kind: "cancelled" } };
    const changed = await this.#objects.modify(object, changes);
    if (changed.ok) return { state: "succeeded", already: false, address };
    return { state: isSilent(changed.fault) ? "unanswered" : "refused", fault: changed.fault };
  }

  async look(request: MailRequest, object: DirectoryObject): Promise<StepOutcome> {
    const entry = await this.#objects.read(object, MAIL_ATTRIBUTES);
    if (!entry.ok) return { state: "unanswered", fault: entry.fault };
    if (entry.value === null) return { state: "missing" };
    const changes = this.#changes(entry.value, request);
    if (changes === null) return { state: "different", address: entry.value.attributes["mail"]?.[0] ?? null };
    return changes.length === 0 ? { state: "found", address: this.#address(request) } : { state: "missing" };
  }

  /** What is kept is the directory's, and whoever opened it closes it. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  #address(request: MailRequest): string | null {
    return request.action === "disable" ? null : addressOf(this.#configuration, request);
  }

  #changes(entry: Parameters<typeof changesToEnable>[0], request: MailRequest): readonly AttributeChange[] | null {
    return request.action === "disable" ? changesToDisable(entry, this.#configuration, request) : changesToEnable(entry, mailPart(this.#configuration, request));
  }
}
