/**
 * What the management shell of the identity-management product takes for a messaging system: its `Set-MessagingServer`, whose parameters
 * beside the common ones depend on the provider. Source: the product's documentation, "Set-MessagingServer" and
 * "Get-AvailableMessagingServers" (docs.netwrix.com, Directory Manager 11, Management Shell).
 */
import { z } from "zod";
import { providerChoiceSchema } from "./provider-choice.ts";

/** The values of `-Provider`. Subscription Edition, other providers and none are not among them. */
export const shellProviders = ["o365", "gsuite", "exchange2013", "exchange2016", "exchange2019"] as const;

/** What a provider says of itself to that shell. No secret is in it. */
export const shellSettingsSchema = z.object({
  provider: z.enum(shellProviders),
  /** Further parameters by name. */
  parameters: z.record(z.string(), z.string()),
  /** What a person is asked for when the script runs: an account with its password, or where the key file is. `account` is proposed; null where none is configured. */
  asks: z.discriminatedUnion("for", [z.object({ for: z.literal("credential"), account: z.string().nullable() }), z.object({ for: z.literal("key-file") })]),
  /** What goes for `-SmtpServer`: each chosen server, one name, or what a person is asked for. */
  server: z.discriminatedUnion("from", [z.object({ from: z.literal("chosen") }), z.object({ from: z.literal("fixed"), name: z.string() }), z.object({ from: z.literal("asked") })]),
});
export type ShellSettings = z.infer<typeof shellSettingsSchema>;

/** A messaging system as the shell would be told of it. */
export const shellFormSchema = z.object({
  choice: providerChoiceSchema,
  /** Null: the shell has no way to set it, and a person does. */
  settings: shellSettingsSchema.nullable(),
  /** Chosen servers, in the order in which they are tried. */
  servers: z.array(z.string()),
  /** What a person would enter. `isChoice`: the value is one that has a name of its own. */
  values: z.array(z.object({ field: z.string(), value: z.string(), isChoice: z.boolean() })),
});
export type ShellForm = z.infer<typeof shellFormSchema>;

/** The messaging system of an identity store, and what it was before. */
export const shellStoreSchema = z.object({
  name: z.string(),
  now: shellFormSchema.nullable(),
  /** Of the newest revision in which it was another one; null where there was none. */
  before: shellFormSchema.nullable(),
});
export type ShellStore = z.infer<typeof shellStoreSchema>;
