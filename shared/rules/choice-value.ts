/** The chosen entry of the provider drop-down as one value. */
import type { ProviderChoice } from "../model/provider-choice.ts";

/** A choice as one value, such as `exchange/2016` or `none`. */
export function choiceValue({ provider, variant }: ProviderChoice): string {
  return variant === null ? provider : `${provider}/${variant}`;
}

/** The choice that {@link choiceValue} wrote down. */
export function choiceOf(value: string): ProviderChoice {
  const [provider = value, variant = null] = value.split("/", 2);
  return { provider, variant };
}
