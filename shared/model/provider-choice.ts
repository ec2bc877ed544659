import { z } from "zod";

/** Which entry of the provider drop-down is chosen. `variant` is null for providers with a single entry. */
export const providerChoiceSchema = z.object({ provider: z.string(), variant: z.string().nullable() });
export type ProviderChoice = z.infer<typeof providerChoiceSchema>;
