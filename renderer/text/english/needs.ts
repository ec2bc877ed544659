/** What a missing right is for, by its name with dashes for dots, and how it is granted. */
const inEntra = "Add them to the app registration under API permissions, then grant admin consent in the Microsoft Entra admin center.";

const inDirectory = "Let the account read it, as every ordinary domain account may, or use another account.";

const inUnit = "Let an administrator of the domain delegate the organisational unit to the account, or choose another one.";
const inGoogle = "Add the scopes that the form shows to the service account's entry in the Google Admin console under Security, API controls, Domain-wide delegation.";

export const needs = {
  "create-objects": "to make objects in that container",
  "create-objects-next": inUnit,
  "change-objects": "to change that object",
  "change-objects-next": inUnit,
  "delete-objects": "to delete that object",
  "delete-objects-next": inUnit,
  "read-directory": "to read the directory",
  "read-directory-next": inDirectory,
  "read-configuration": "to read the directory's configuration partition",
  "read-configuration-next": inDirectory,
  "read-exchange-servers": "to read the servers of the Exchange organisation",
  "read-exchange-servers-next": "Let the account read them, for example as a member of View-Only Organization Management, or use another account.",
  "recipient-management": "Exchange's role group Recipient Management, or roles with its commands",
  "recipient-management-next": "Make the account a member of Recipient Management in Exchange, then check again. Changes of roles take some minutes.",
  "Organization-Read-All": "Organization.Read.All (subscriptions)",
  "Organization-Read-All-next": inEntra,
  "Domain-Read-All": "Domain.Read.All (checking the domain)",
  "Domain-Read-All-next": inEntra,
  "Group-ReadWrite-All": "Group.ReadWrite.All (Microsoft 365 groups)",
  "Group-ReadWrite-All-next": inEntra,
  "User-ReadWrite-All": "User.ReadWrite.All (mailbox users)",
  "User-ReadWrite-All-next": inEntra,
  "LicenseAssignment-ReadWrite-All": "LicenseAssignment.ReadWrite.All (assigning subscriptions)",
  "LicenseAssignment-ReadWrite-All-next": inEntra,
  "Exchange-ManageAsApp": "Exchange.ManageAsApp (distribution groups and mail contacts)",
  "Exchange-ManageAsApp-next": inEntra,
  "admin-directory-group": "admin.directory.group (making groups)",
  "admin-directory-group-next": inGoogle,
  "admin-directory-user": "admin.directory.user (making users)",
  "admin-directory-user-next": inGoogle,
  "super-admin": "super admin rights of the admin user",
  "super-admin-next": "Give the admin user the super admin role in the Google Admin console, or enter another one who has it.",
  "api-access": "access to Google's APIs, which is turned off for this Google Workspace",
  "api-access-next": "Turn on API access in the Google Admin console under Security, API controls. Where a reseller manages the domain, allow the reseller there.",
  "admin-sdk-api": "the Admin SDK API",
  "admin-sdk-api-next": "Enable the Admin SDK API in the service account's project in the Google Cloud console, then wait a few minutes. The details name the project and hold the link.",
} as const;
