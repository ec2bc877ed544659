/** The mail attributes as an administrator would write them with the module ActiveDirectory. */
import type { MailRequest } from "../../../shared/model/mail-object.ts";
import { powerShellCommand, singleQuoted } from "../../../shared/rules/powershell-text.ts";
import type { MailPart } from "./mail-attributes.ts";

function table(values: Readonly<Record<string, string>>): string {
  return `@{${Object.entries(values).map(([name, value]) => `${name} = ${singleQuoted(value)}`).join("; ")}}`;
}

/** A value in an LDAP filter (RFC 4515, 3). */
function inFilter(value: string): string {
  return value.replaceAll(/[\\*()\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** The command for a request. An object that is still to be made is found by its name in its container. */
export function commandsOf(request: MailRequest, { single, primary }: MailPart, identity: string | null, controller: string | null): string {
  const server = controller === null ? null : singleQuoted(controller);
  const proxyAddresses = table({ proxyAddresses: primary });
  const change =
    request.action === "disable"
      ? { Clear: Object.keys(single).join(","), Remove: proxyAddresses }
      : { Replace: table(single), Add: proxyAddresses };
  if (identity !== null) return powerShellCommand("Set-ADObject", { Identity: singleQuoted(identity), Server: server, ...change });
  const found = powerShellCommand("Get-ADObject", {
    LDAPFilter: singleQuoted(`(name=${inFilter(request.name)})`),
    SearchBase: request.container === null ? null : singleQuoted(request.container),
    SearchScope: request.container === null ? null : "OneLevel",
    Server: server,
  });
  return [found, powerShellCommand("Set-ADObject", { Server: server, ...change })].join(" | ");
}
