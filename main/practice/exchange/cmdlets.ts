/**
 * Exchange's cmdlets that mail-enable objects and take that away again, as they act on a directory. What each refuses, and with which
 * exception, is how Exchange 2013's management assembly does it; learn.microsoft.com describes the parameters.
 */
import { randomBytes } from "node:crypto";
import { aliasOf, firstFree, isAddress, isAlias, localPartOf } from "./addresses.ts";
import { bindParameters, type CmdletInput } from "./cmdlet-input.ts";
import type { CmdletParameters, RemoteError, RemoteObject } from "./protocol.ts";
import type { EntryChanges, RecipientDirectory, RecipientEntry } from "./recipient-directory.ts";
import { canonicalName, displayTypes, isSecurityGroup, isUniversal, kindOf, recipientType, typeDetails, type ObjectKind } from "./recipient-kinds.ts";
import { describeRecipient } from "./recipient-object.ts";
import { cmdletError, commandNotFound, exceptionTypes, type CmdletErrorPlace, type ExceptionType } from "./remote-errors.ts";

/** What a session may run; another command does not exist in it. */
export const cmdletNames = [
  "Enable-DistributionGroup",
  "Enable-MailUser",
  "Enable-MailContact",
  "Enable-Mailbox",
  "Disable-DistributionGroup",
  "Disable-MailUser",
  "Disable-MailContact",
  "Disable-Mailbox",
  "Get-Recipient",
] as const;
export type CmdletName = (typeof cmdletNames)[number];

/** Category of errors that Exchange files under numbers of its own: what arrives is NotSpecified. */
const OWN_CATEGORY = "NotSpecified";

export interface CmdletPlace {
  readonly directory: RecipientDirectory;
  /** Computer name of the server, such as EXB. */
  readonly server: string;
  /** DNS name of the domain: what stands behind the @ by the default address policy. */
  readonly domain: string;
  /** The Exchange organisation's name. */
  readonly organisation: string;
  readonly now: () => Date;
}

export type CmdletAnswer = { readonly ok: true; readonly objects: readonly RemoteObject[]; readonly warnings: readonly string[] } | { readonly ok: false; readonly error: RemoteError };

const common = ["Identity", "DomainController", "Confirm", "WhatIf", "ErrorAction", "WarningAction"];
const enabling = ["Alias", "DisplayName", "PrimarySmtpAddress"];
const external = ["ExternalEmailAddress"];

interface CmdletPlan {
  readonly does: "enable" | "disable" | "get";
  readonly kind: ObjectKind | null;
  readonly mandatory: readonly string[];
  readonly optional: readonly string[];
  /** Of what Disable- cmdlets find: everything else is not there for them. */
  readonly types: readonly string[];
}

const disabling = (kind: ObjectKind, ...types: readonly string[]): CmdletPlan => ({ does: "disable", kind, mandatory: ["Identity"], optional: common, types });

const plans: Readonly<Record<CmdletName, CmdletPlan>> = {
  "Enable-DistributionGroup": { does: "enable", kind: "group", mandatory: ["Identity"], optional: [...common, ...enabling], types: [] },
  "Enable-MailUser": { does: "enable", kind: "user", mandatory: ["Identity", ...external], optional: [...common, ...enabling], types: [] },
  "Enable-MailContact": { does: "enable", kind: "contact", mandatory: ["Identity", ...external], optional: [...common, ...enabling], types: [] },
  "Enable-Mailbox": { does: "enable", kind: "user", mandatory: ["Identity"], optional: [...common, ...enabling, "Database"], types: [] },
  "Disable-DistributionGroup": disabling("group", "MailUniversalDistributionGroup", "MailUniversalSecurityGroup", "MailNonUniversalGroup"),
  "Disable-MailUser": disabling("user", "MailUser"),
  "Disable-MailContact": disabling("contact", "MailContact"),
  "Disable-Mailbox": disabling("user", "UserMailbox"),
  "Get-Recipient": { does: "get", kind: null, mandatory: [], optional: common, types: ["MailUniversalDistributionGroup", "MailUniversalSecurityGroup", "MailNonUniversalGroup", "MailUser", "MailContact", "UserMailbox"] },
};

/** Attributes that a Disable- cmdlet empties. */
const mailAttributes = ["mailNickname", "mail", "proxyAddresses", "legacyExchangeDN", "targetAddress", "homeMDB", "msExchHomeServerName", "msExchMailboxGuid", "msExchRecipientDisplayType", "msExchRecipientTypeDetails"];

function isCmdlet(command: string): command is CmdletName {
  return (cmdletNames as readonly string[]).includes(command);
}

/** The name as the cmdlet spells it: names of commands have no case. Null for another command. */
export function cmdletNamed(command: string): CmdletName | null {
  const found = cmdletNames.find((name) => name.toLowerCase() === command.toLowerCase());
  return found !== undefined && isCmdlet(found) ? found : null;
}

/** Runs a cmdlet. */
export async function runCmdlet(command: string, parameters: CmdletParameters, place: CmdletPlace): Promise<CmdletAnswer> {
  const name = cmdletNamed(command);
  if (name === null) return { ok: false, error: commandNotFound(command) };
  const plan = plans[name];
  const bound = bindParameters(name, parameters, plan);
  if (!bound.ok) return bound;
  return new Cmdlet(name, plan, bound.input, place).run();
}

class Cmdlet {
  readonly #plan: CmdletPlan;
  readonly #input: CmdletInput;
  readonly #place: CmdletPlace;
  readonly #error: CmdletErrorPlace;
  readonly #name: CmdletName;

  constructor(name: CmdletName, plan: CmdletPlan, input: CmdletInput, place: CmdletPlace) {
    this.#name = name;
    this.#plan = plan;
    this.#input = input;
    this.#place = place;
    this.#error = { command: name, server: place.server, now: place.now() };
  }

  async run(): Promise<CmdletAnswer> {
    const { does } = this.#plan;
    const found = await this.#resolve();
    if (!("dn" in found)) return found;
    if (does === "get") return this.#answer(found);
    return does === "enable" ? this.#enable(found) : this.#disable(found);
  }

  #refuse(type: ExceptionType, category: string, message: string): CmdletAnswer {
    return { ok: false, error: cmdletError(this.#error, type, category, message) };
  }

  async #answer(entry: RecipientEntry, warnings: readonly string[] = []): Promise<CmdletAnswer> {
    const fresh = (await this.#place.directory.find(entry.dn, this.#input.text("DomainController"))) ?? entry;
    return { ok: true, objects: [describeRecipient(fresh, this.#input.text("DomainController") ?? "")], warnings };
  }

  /** Of the kind that the cmdlet is for, by distinguished name, GUID, name, account name, alias or address: those are looked for in that order. */
  async #resolve(): Promise<RecipientEntry | CmdletAnswer> {
    const { directory } = this.#place;
    const identity = this.#input.text("Identity");
    const controller = this.#input.text("DomainController");
    const { kind, types } = this.#plan;
    const fits = (entry: RecipientEntry) => (kind === null || kindOf(entry) === kind) && (types.length === 0 || types.includes(recipientType(entry)));
    const missing = () =>
      this.#refuse(exceptionTypes.notFound, OWN_CATEGORY, `The operation couldn't be performed because object '${identity ?? ""}' couldn't be found on '${controller ?? `dc1.${this.#place.domain}`}'.`);
    if (identity === null) return missing();
    const direct = await directory.find(identity, controller);
    if (direct !== null) return fits(direct) ? direct : missing();
    for (const attribute of ["name", "sAMAccountName", "mailNickname", "mail", "userPrincipalName"] as const) {
      const all = (await directory.byAttribute(attribute, identity)).filter(fits);
      if (all.length > 1) return this.#refuse(exceptionTypes.ambiguous, OWN_CATEGORY, `The operation couldn't be performed because '${identity}' matches multiple entries.`);
      const [only] = all;
      // Another controller may have it already; this one is asked.
      if (only !== undefined) return (await directory.find(only.dn, controller)) ?? missing();
    }
    return missing();
  }

  async #disable(entry: RecipientEntry): Promise<CmdletAnswer> {
    // ConfirmImpact is High: without -Confirm:$false it asks, which a session without a host to ask cannot.
    if (this.#input.flag("Confirm") !== false) {
      return this.#refuse(exceptionTypes.host, "NotImplemented", "A command that prompts the user failed because the host program or the command type does not support user interaction.");
    }
    await this.#place.directory.write(entry.dn, Object.fromEntries(mailAttributes.filter((name) => entry.values(name.toLowerCase()).length > 0).map((name) => [name, []])));
    return { ok: true, objects: [], warnings: [] };
  }

  /** Why the object cannot be enabled as it is; null where it can. */
  #objection(entry: RecipientEntry): CmdletAnswer | null {
    const type = recipientType(entry);
    if (this.#plan.kind !== "group") {
      if (type === "User" || type === "Contact") return null;
      return this.#refuse(exceptionTypes.recipientTask, "InvalidArgument", `This task does not support recipients of this type. The specified recipient ${canonicalName(entry.dn)} is of type ${type}. Please make sure that this recipient matches the required recipient type for this task.`);
    }
    const identity = this.#input.text("Identity") ?? "";
    if (type !== "Group") return this.#refuse(exceptionTypes.invalidOperation, "InvalidOperation", `The group "${identity}" is already mail-enabled.`);
    if (!isUniversal(entry)) return this.#refuse(exceptionTypes.invalidOperation, "InvalidOperation", "You can't mail-enable this group because it isn't a universal group. Only a universal group can be mail-enabled.");
    return null;
  }

  #invalid(value: string, allowed: string): CmdletAnswer {
    return this.#refuse(exceptionTypes.dataValidation, OWN_CATEGORY, `Property expression "${value}" isn't valid. Valid values are: ${allowed}`);
  }

  async #enable(entry: RecipientEntry): Promise<CmdletAnswer> {
    const input = this.#input;
    const objection = this.#objection(entry);
    if (objection !== null) return objection;
    const given = { alias: input.text("Alias"), primary: input.text("PrimarySmtpAddress"), external: input.text("ExternalEmailAddress")?.replace(/^smtp:/i, "") ?? null };
    if (given.alias !== null && !isAlias(given.alias)) {
      return this.#invalid(given.alias, "Strings formed with characters from A to Z (uppercase or lowercase), digits from 0 to 9, !, #, $, %, &, ', *, +, -, /, =, ?, ^, _, `, {, |, } or ~. One or more periods may be embedded in an alias, but each period should be preceded and followed by at least one of the other characters. Unicode characters from U+00A1 to U+00FF are also valid in an alias.");
    }
    for (const address of [given.primary, given.external]) {
      if (address !== null && !isAddress(address)) return this.#invalid(address, "an SMTP address such as user@contoso.com.");
    }
    const alias = given.alias ?? (await this.#newAlias(entry));
    const policy = await this.#policyAddress(entry, alias, given.primary === null);
    const primary = given.primary ?? given.external ?? policy;
    const secondary = [policy, given.external].filter((address) => address !== null && address !== primary && given.primary === null);
    const addresses = [`SMTP:${primary}`, ...secondary.map((address) => `smtp:${address}`)];
    for (const address of addresses) {
      const owner = await this.#ownerOf(address, entry);
      if (owner !== null) return this.#refuse(exceptionTypes.addressExists, OWN_CATEGORY, `The proxy address "${address}" is already being used by the proxy addresses or LegacyExchangeDN of "${canonicalName(owner.dn)}". Please choose another proxy address.`);
    }
    await this.#place.directory.write(entry.dn, { ...this.#enabledAs(entry, alias, given.external), mail: [primary], proxyAddresses: addresses });
    return this.#answer(entry);
  }

  #enabledAs(entry: RecipientEntry, alias: string, target: string | null): EntryChanges {
    const { organisation, server } = this.#place;
    const group = `/o=${organisation}/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)`;
    const name = entry.values("name")[0] ?? alias;
    const display = this.#input.text("DisplayName") ?? entry.values("displayname")[0] ?? name;
    const legacy = `${group}/cn=Recipients/cn=${entry.guid.replaceAll("-", "")}-${name.replaceAll(/[^\x21-\x7e]/g, "").slice(0, 20)}`;
    const mailbox = this.#name === "Enable-Mailbox";
    const type = entry.values("objectclass").includes("group") ? (isSecurityGroup(entry) ? displayTypes.securityGroup : displayTypes.distributionGroup) : mailbox ? displayTypes.mailbox : displayTypes.remoteMailUser;
    // A group's details are computed from its type and not written.
    const details = this.#plan.kind === "group" ? null : mailbox ? typeDetails.mailbox : this.#plan.kind === "user" ? typeDetails.mailUser : typeDetails.mailContact;
    return {
      mailNickname: [alias],
      displayName: [display],
      legacyExchangeDN: [legacy],
      msExchRecipientDisplayType: [String(type)],
      ...(details === null ? {} : { msExchRecipientTypeDetails: [String(details)] }),
      ...(target === null ? {} : { targetAddress: [`SMTP:${target}`] }),
      ...(mailbox
        ? {
            homeMDB: [`CN=${this.#input.text("Database") ?? "Mailbox Database 1"},CN=Databases,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,CN=${organisation},CN=Microsoft Exchange,CN=Services,CN=Configuration,${domainOf(entry.dn)}`],
            msExchHomeServerName: [`${group}/cn=Configuration/cn=Servers/cn=${server}`],
            msExchMailboxGuid: [randomBytes(16)],
          }
        : {}),
    };
  }

  async #newAlias(entry: RecipientEntry): Promise<string> {
    const upn = entry.values("userprincipalname")[0]?.split("@", 1)[0];
    const source = this.#plan.kind === "user" ? (upn ?? entry.values("samaccountname")[0]) : this.#plan.kind === "group" ? entry.values("samaccountname")[0] : entry.values("name")[0];
    const base = aliasOf(source ?? "") || entry.guid.replaceAll("-", "");
    return firstFree((number) => (number === 1 ? base : `${base}${number}`), async (text) => (await this.#place.directory.byAttribute("mailNickname", text)).length > 0);
  }

  /** The address that the default policy makes; a taken one gets a number, unless the policy is not applied at all. */
  async #policyAddress(entry: RecipientEntry, alias: string, applies: boolean): Promise<string> {
    const { domain } = this.#place;
    const local = localPartOf(alias) || entry.guid.replaceAll("-", "");
    const make = (number: number) => `${local}${number === 1 ? "" : String(number)}@${domain}`;
    return applies ? firstFree(make, async (address) => (await this.#ownerOf(`smtp:${address}`, entry)) !== null) : make(1);
  }

  async #ownerOf(address: string, self: RecipientEntry): Promise<RecipientEntry | null> {
    const all = await this.#place.directory.byAttribute("proxyAddresses", address);
    return all.find(({ guid }) => guid !== self.guid) ?? null;
  }
}

function domainOf(dn: string): string {
  return dn.slice(Math.max(0, dn.search(/DC=/i)));
}
