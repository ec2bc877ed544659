/** Office 365. */
export const office365 = {
  entry: "Office 365",
  "field-cloud": "Cloud",
  "field-cloud-hint": "Where the tenant lives",
  "field-cloud-worldwide": "Microsoft 365 (Worldwide and GCC)",
  "field-cloud-gcc-high": "US Government GCC High",
  "field-cloud-dod": "US Government DoD",
  "field-cloud-china": "China (21Vianet)",
  "field-domain": "Domain name",
  "field-domain-hint": "A verified domain of the tenant",
  "field-applicationId": "Application ID",
  "field-applicationId-hint": "Application (client) ID of the app registration in the Microsoft Entra admin center",
  "field-clientSecret": "Client secret",
  "field-clientSecret-hint": "The secret's value, not its ID",
  "field-clientSecretExpires": "Client secret expires",
  "field-clientSecretExpires-hint": "As shown beside the secret in the admin center; reminds you in time",
  "field-certificate": "PFX certificate",
  "field-certificate-hint": "Certificate and private key whose public part is uploaded to the app registration",
  "field-certificatePassword": "PFX certificate password",
  "notice-groups-without-members":
    "In an Active Directory store, distribution groups are created in Office 365 without their members. Microsoft Entra Connect, or another directory synchronization, brings the members over.",
  "notice-no-contacts":
    "Mail contacts cannot be created in a Microsoft Entra store, and objects synchronized from Active Directory are changed there, not here.",
} as const;
