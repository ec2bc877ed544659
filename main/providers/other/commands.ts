/** The mail attributes as an administrator would write them with the module ActiveDirectory. */
import type { MailRequest } from "../../../shared/model/mail-object.ts";
import { powershellCommand, powershellLiteral, type CommandValue } from "../../../shared/rules/powershell-command.ts";
import type { MailPart } from "./mail-attributes.ts";

function table(values: Readonly<Record<string, string>>): CommandValue {
  const pairs = Object.entries(values).map(([name, value]) => `${name} = ${powershellLiteral(value)}`);
  return { expression: `@{${pairs.join("; ")}}` };
}

/** A value in an LDAP filter (RFC 4515, 3). */
function inFilter(value: string): string {
  return value.replaceAll(/[\\*()\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** The command for a request. An object that is still to be made is found by its name in its container. */
export function commandsOf(request: MailRequest, { single, primary }: MailPart, identity: string | null, controller: string | null): string {
  const proxyAddresses = table({ proxyAddresses: primary });
  const change =
    request.action === "disable"
      ? { Clear: { expression: Object.keys(single).join(",") }, Remove: proxyAddresses }
      : { Replace: table(single), Add: proxyAddresses };
  if (identity !== null) return powershellCommand("Set-ADObject", { Identity: identity, Server: controller, ...change });
  const found = powershellCommand("Get-ADObject", {
    LDAPFilter: `(name=${inFilter(request.name)})`,
    SearchBase: request.container,
    SearchScope: request.container === null ? null : "OneLevel",
    Server: controller,
  });
  return [found, powershellCommand("Set-ADObject", { Server: controller, ...change })].join(" | ");
}
