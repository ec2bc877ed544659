/** The mail part of an action as an administrator would type it in PowerShell. */
import type { MailRequest } from "../../../../shared/model/mail-object.ts";
import { powershellCommand, powershellLiteral } from "../../../../shared/rules/powershell-command.ts";
import type { ExchangeConfiguration } from "../schema.ts";
import { cmdletFor } from "./cmdlets.ts";

/** The password is asked for. Without a server there is the command alone; empty for a type that Exchange does not have. */
export function commandsFor(
  { username, authentication }: ExchangeConfiguration,
  request: MailRequest,
  { identity, server, controller }: { readonly identity: string | null; readonly server: string | null; readonly controller: string | null },
): string {
  const cmdlet = cmdletFor(request, { identity: identity ?? request.identity ?? request.name, guid: null, controller });
  if (cmdlet === null) return "";
  const line = powershellCommand(cmdlet.command, cmdlet.parameters);
  if (server === null) return line;
  const isBasic = authentication === "basic";
  const uri = powershellLiteral(`${isBasic ? "https" : "http"}://${server}/PowerShell/`);
  return [
    `$credential = Get-Credential -Credential ${powershellLiteral(username)}`,
    `$session = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri ${uri} -Authentication ${isBasic ? "Basic" : "Kerberos"} -Credential $credential`,
    `$null = Import-PSSession $session -CommandName ${cmdlet.command} -DisableNameChecking`,
    line,
    "Remove-PSSession $session",
  ].join("\n");
}
