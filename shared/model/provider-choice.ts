/** Which entry of the provider drop-down is chosen. */
import { z } from "zod";

/** `variant` is null for providers with a single entry. */
export const providerChoiceSchema = z.object({ provider: z.string(), variant: z.string().nullable() });
export type ProviderChoice = z.infer<typeof providerChoiceSchema>;

/** A choice as one value, such as `exchange/2016` or `none`. */
export function choiceValue({ provider, variant }: ProviderChoice): string {
  return variant === null ? provider : `${provider}/${variant}`;
}

/** The choice that {@link choiceValue} wrote down. */
export function choiceOf(value: string): ProviderChoice {
  const [provider = value, variant = null] = value.split("/", 2);
  return { provider, variant };
}
