/**
 * Mail objects of Office 365: in a Microsoft Entra tenant's own store Microsoft 365 groups and users over Graph, beside an Active Directory
 * distribution groups and contacts with Exchange Online's PowerShell.
 */
import type { StoreConnection } from "../../../shared/model/identity-store.ts";
import type { MailObjectType, MailRequest } from "../../../shared/model/mail-object.ts";
import { powershellCommand } from "../../../shared/rules/powershell-command.ts";
import { laterRun } from "../later-run.ts";
import type { Provisioning } from "../provider.ts";
import type { Office365Configuration } from "./configuration.ts";
import { ALIAS_LENGTH, namingIssues, recipientAddress, recipientIdentity, signInName, tenantAddress } from "./naming.ts";
import { disableCommand, enableCommand } from "./online-commands.ts";

const IN_TENANT: readonly MailObjectType[] = ["microsoft-365-group", "mailbox"];
const BESIDE_DIRECTORY: readonly MailObjectType[] = ["distribution-group", "security-group", "mail-contact"];

function typesOf({ kind }: StoreConnection): readonly MailObjectType[] {
  return kind === "entra-id" ? IN_TENANT : BESIDE_DIRECTORY;
}

/** msal takes a good part of the start of a process: it is loaded with the first object. */
const parts = () => import("./provisioning-parts.ts");

export const provisioning: Provisioning<Office365Configuration> = {
  via: "cloud",
  types: (_configuration, connection) => {
    const offered = typesOf(connection).map((type) => ({ type, why: null }));
    return connection.kind === "entra-id" ? [...offered, { type: "mail-contact", why: "contacts-not-supported" }] : offered;
  },
  domain: ({ domain }) => domain,
  aliasLength: () => ALIAS_LENGTH,
  issues: (_configuration, request, connection) => {
    if (connection.kind === "entra-id" && request.type === "mail-contact") return [{ path: ["type"], code: "contacts-not-supported" }];
    if (!typesOf(connection).includes(request.type)) return [{ path: ["type"], code: "type-not-supported" }];
    // A tenant's groups have their mail from the beginning, and its users with a licence.
    if (connection.kind === "entra-id" && request.action !== "create") return [{ path: ["action"], code: "mail-part-fixed" }];
    return request.action === "disable" ? [] : namingIssues(request);
  },
  address: (configuration, request, connection) => (connection.kind === "entra-id" ? tenantAddress(configuration, request) : recipientAddress(configuration, request)),
  attributes: (configuration, request, connection) => (connection.kind === "entra-id" ? {} : { mail: [recipientAddress(configuration, request)] }),
  byHand: (_configuration, { action, type }, connection) => {
    if (action === "disable") return [];
    if (connection.kind === "entra-id") return type === "mailbox" ? ["licence"] : ["group-owner"];
    return type === "mail-contact" ? [] : ["membership"];
  },
  commands: commandsOf,
  obstacle: (_configuration, { connection, remoting }) => (connection.kind === "active-directory" && remoting === null ? { kind: "object-refused", why: "module-missing" } : null),
  openObjects: async (configuration, context) => (await parts()).openObjects(configuration, context),
  open: (configuration, context, objects) => laterRun(async () => (await parts()).openRun(configuration, context, objects)),
};

/** With Microsoft Graph PowerShell in a tenant, with Exchange Online's module beside an Active Directory: a tenant's kinds are no others'. */
function commandsOf(configuration: Office365Configuration, request: MailRequest): string {
  if (request.type === "microsoft-365-group") {
    return powershellCommand("New-MgGroup", {
      DisplayName: request.name,
      MailNickname: request.alias,
      GroupTypes: { expression: "@('Unified')" },
      MailEnabled: true,
      SecurityEnabled: false,
      Visibility: "Private",
    });
  }
  if (request.type === "mailbox") {
    const password = "@{Password = (Read-Host -AsSecureString 'Password' | ConvertFrom-SecureString -AsPlainText); ForceChangePasswordNextSignIn = $true}";
    const named = { DisplayName: request.name, MailNickname: request.alias, UserPrincipalName: signInName(configuration, request) };
    return powershellCommand("New-MgUser", { ...named, AccountEnabled: true, PasswordProfile: { expression: password } });
  }
  const address = recipientAddress(configuration, request);
  const { command, parameters } = request.action === "disable" ? disableCommand(request, recipientIdentity(configuration, request)) : enableCommand(request, address);
  return powershellCommand(command, parameters);
}
