/** Mail objects of Google Workspace: groups, and users with a mailbox at Google. */
import type { MailObjectType, MailRequest } from "../../../shared/model/mail-object.ts";
import { powershellCommand } from "../../../shared/rules/powershell-command.ts";
import { laterRun } from "../later-run.ts";
import type { Provisioning } from "../provider.ts";
import { domainOf, type GoogleWorkspaceConfiguration } from "./configuration.ts";
import { addressOf, ALIAS_LENGTH, isUser, nameParts, namingIssues } from "./naming.ts";

const GROUPS_AND_USERS: readonly MailObjectType[] = ["distribution-group", "security-group", "mailbox"];

export const provisioning: Provisioning<GoogleWorkspaceConfiguration> = {
  via: "cloud",
  // Google's contacts are a person's or the domain's shared ones, which have an interface of their own.
  types: () => [...GROUPS_AND_USERS.map((type) => ({ type, why: null })), { type: "mail-contact", why: "type-not-supported" }],
  domain: domainOf,
  aliasLength: () => ALIAS_LENGTH,
  issues: (_configuration, request) => {
    if (!GROUPS_AND_USERS.includes(request.type)) return [{ path: ["type"], code: "type-not-supported" }];
    return request.action === "disable" ? [] : namingIssues(request);
  },
  address: addressOf,
  attributes: (configuration, request) => ({ mail: [addressOf(configuration, request)] }),
  byHand: (_configuration, request) => (isUser(request) && request.action !== "disable" ? ["google-password"] : []),
  commands: (configuration, request) => commandOf(addressOf(configuration, request), request),
  openObjects: null,
  open: (configuration, context) => laterRun(async () => new (await import("./run.ts")).GoogleRun(configuration, context)),
};

/** With PSGSuite, the module that Google Workspace's administrators have for PowerShell: Google has none of its own. */
function commandOf(address: string, request: MailRequest): string {
  if (request.action === "disable") return isUser(request) ? powershellCommand("Remove-GSUser", { User: address }) : powershellCommand("Remove-GSGroup", { Identity: address });
  if (!isUser(request)) return powershellCommand("New-GSGroup", { Email: address, Name: request.name });
  const { givenName, familyName } = nameParts(request.name);
  return powershellCommand("New-GSUser", {
    PrimaryEmail: address,
    GivenName: givenName,
    FamilyName: familyName,
    Password: { prompt: "Password" },
    ChangePasswordAtNextLogin: true,
  });
}
