/** Exchange Online's commands for recipients, as data. */
import type { MailRequest } from "../../../shared/model/mail-object.ts";

export interface OnlineCommand {
  readonly command: string;
  readonly parameters: Readonly<Record<string, string | boolean>>;
}

/** Makes the recipient; a group without members (Microsoft: "New-DistributionGroup", "New-MailContact"). */
export function enableCommand({ type, name, alias, externalAddress }: MailRequest, address: string): OnlineCommand {
  const named = { Name: name, DisplayName: name, Alias: alias };
  if (type === "mail-contact") return { command: "New-MailContact", parameters: { ...named, ExternalEmailAddress: externalAddress ?? address } };
  return { command: "New-DistributionGroup", parameters: { ...named, Type: type === "security-group" ? "Security" : "Distribution", PrimarySmtpAddress: address } };
}

/** Takes it away: what is in Active Directory stays. */
export function disableCommand({ type }: MailRequest, identity: string): OnlineCommand {
  const parameters = { Identity: identity, Confirm: false };
  if (type === "mail-contact") return { command: "Remove-MailContact", parameters };
  return { command: "Remove-DistributionGroup", parameters: { ...parameters, BypassSecurityGroupManagerCheck: true } };
}
