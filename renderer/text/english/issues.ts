/** Why one field was refused, by the issue's code: the console's own codes, then those of the schema library. */
export const issues = {
  required: "Enter a value.",
  "name-taken": "Another identity store has this name. Choose a different one.",
  "name-differs": "This is not the name of the store.",
  "not-an-address": "Enter an IP address, such as 10.0.0.10 or 10.0.0.10:53.",
  "not-a-domain": "Enter a DNS name with at least two parts, such as contoso.lab.",
  "not-available": "This is not available in this version.",
  "not-for-this-store": "This does not work with this kind of identity store.",
  "kind-is-fixed": "The kind of an identity store cannot be changed. Create a new store instead.",
  too_small: "Enter a value.",
  too_big: "This is too long.",
  invalid_type: "Enter a value.",
  invalid_format: "This is not written in the expected form.",
  other: "This value is not accepted.",
} as const;
