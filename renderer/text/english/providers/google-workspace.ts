/** Google Workspace. */
export const googleWorkspace = {
  entry: "Google Workspace",
  "field-serviceAccount": "Service account",
  "field-serviceAccount-hint": "The account's email address, not its display name",
  "field-adminUsername": "Admin user name",
  "field-adminUsername-hint": "A super admin whom the service account acts for",
  "field-certificate": "P12 certificate",
  "field-certificate-hint": "The p12 key file from the Google Cloud console",
  "notice-delegation":
    "The service account needs domain-wide delegation in the Google Admin console, for its client ID and with these scopes:",
  "right-sign-in": "Everything: domain-wide delegation for the service account, and an admin user whom it acts for.",
  "right-domain": "Checking the domain: the scope admin.directory.domain.readonly.",
  "right-groups": "Groups and their members: the scopes admin.directory.group and admin.directory.group.member.",
  "right-users": "Users: the scope admin.directory.user.",
  "right-licences": "Licences: the scope apps.licensing. The console asks for all of its scopes at once.",
} as const;
