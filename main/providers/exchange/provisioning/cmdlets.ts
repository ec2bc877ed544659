/** The cmdlets that make mail parts and take them away, with their parameters. */
import type { DirectoryObject, MailObjectType, MailRequest } from "../../../../shared/model/mail-object.ts";
import { isForwardedType } from "../../../../shared/rules/mail-types.ts";

const NOUNS: Readonly<Partial<Record<MailObjectType, string>>> = {
  "distribution-group": "DistributionGroup",
  "security-group": "DistributionGroup",
  mailbox: "Mailbox",
  "mail-user": "MailUser",
  "mail-contact": "MailContact",
};

/** Every one of them, for the question which an account may use. */
export const mailCmdlets: readonly string[] = ["DistributionGroup", "Mailbox", "MailUser", "MailContact"].flatMap((noun) => [`Enable-${noun}`, `Disable-${noun}`]);

export interface Cmdlet {
  readonly command: string;
  readonly parameters: Readonly<Record<string, string | boolean>>;
}

/**
 * The cmdlet for a request; null for a type that Exchange does not have. The object goes by GUID, which no name can be mistaken for.
 * Names are the directory's part. Everything at the object's own controller: others do not have it yet.
 */
export function cmdletFor(request: MailRequest, object: Pick<DirectoryObject, "identity" | "guid" | "controller">): Cmdlet | null {
  const noun = NOUNS[request.type];
  if (noun === undefined) return null;
  const where = { Identity: object.guid ?? object.identity, ...(object.controller === null ? {} : { DomainController: object.controller }) };
  if (request.action === "disable") return { command: `Disable-${noun}`, parameters: { ...where, Confirm: false } };
  const parameters = {
    ...where,
    Alias: request.alias,
    ...(request.address === null ? {} : { PrimarySmtpAddress: request.address }),
    ...(isForwardedType(request.type) && request.externalAddress !== null ? { ExternalEmailAddress: request.externalAddress } : {}),
  };
  return { command: `Enable-${noun}`, parameters };
}
