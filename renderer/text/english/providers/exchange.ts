/**
 * What Sync Again asks the directory, with the ActiveDirectory module (Microsoft, "Get-ADObject", "Get-ADRootDSE"). Values come as
 * PowerShell's own literals.
 */
const LIST_COMMANDS = `$server = {{domain}}
$credential = Get-Credential
$configuration = (Get-ADRootDSE -Server $server -Credential $credential).configurationNamingContext
Get-ADObject -Server $server -Credential $credential -SearchBase "CN=Microsoft Exchange,CN=Services,$configuration" -LDAPFilter '(objectCategory=msExchExchangeServer)' -Properties networkAddress, serialNumber, versionNumber, msExchCurrentServerRoles, msExchServerSite`;

/** Microsoft Exchange on the company's own servers. */
export const exchange = {
  entry: "Microsoft Exchange",
  "entry-2013": "Microsoft Exchange 2013",
  "entry-2016": "Microsoft Exchange 2016",
  "entry-2019": "Microsoft Exchange 2019",
  "entry-subscription": "Microsoft Exchange Subscription Edition",
  "field-domain": "Domain name",
  "field-domain-hint": "The Active Directory domain where the mail servers are, such as contoso.lab.",
  "field-username": "User name",
  "field-username-hint": "An account that may manage recipients: user@domain or DOMAIN\\user.",
  "field-password": "Password",
  "field-authentication": "Sign-in of remote PowerShell",
  "field-authentication-kerberos": "Kerberos",
  "field-authentication-basic": "Basic, over https alone",
  "list-commands": LIST_COMMANDS,
  "version-2013": "Exchange 2013",
  "version-2016": "Exchange 2016",
  "version-2019": "Exchange 2019",
  "version-subscription": "Exchange Subscription Edition",
  "version-other": "Exchange {{version}}",
  "version-unknown": "Exchange",
  "role-mailbox": "Mailbox",
  "role-client-access": "Client Access",
  "role-unified-messaging": "Unified Messaging",
  "role-hub-transport": "Hub Transport",
  "right-listing": "Listing servers: read the servers of the Exchange organisation in the configuration partition of the directory, as View-Only Organization Management may.",
  "right-status": "Online or Offline: none. Exchange's health page answers everybody.",
  "right-recipients": "Mail-enabling and disabling: Exchange's role group Recipient Management, or roles with its commands.",
  "right-objects": "Making objects: create users, groups and contacts in the organisational units that are used, delegated in the directory.",
} as const;
