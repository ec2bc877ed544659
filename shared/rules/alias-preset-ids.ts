/** Well-known alias rules by name, apart from the rules: an address of the console holds no more than the name. */

export const aliasPresetIds = ["gmail", "yahoo", "google-groups", "exchange-online", "office365", "custom"] as const;
export type AliasPresetId = (typeof aliasPresetIds)[number];
