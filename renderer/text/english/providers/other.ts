/** Other: an external provider. */
export const other = {
  entry: "Other",
  "field-domain": "Domain name",
  "field-domain-hint": "The part behind the @ of the addresses that objects get",
  "field-maximumAliasLength": "Maximum length allowed for email alias",
  "field-aliasPattern": "Email alias regular expression",
  "field-aliasPattern-hint": "Every alias must satisfy it. .NET syntax.",
  "prevents-mail-system": "No mail server is asked: objects get an address, and nothing is created in a mail system.",
  "right-objects": "Making and changing objects: create them, and write their mail attributes, in the organisational units that are used.",
} as const;
