/** The words of a provider, by its id and the names of its fields. What has no words is shown by its name. */
import type { Notice } from "../../shared/model/messaging.ts";
import type { ProviderChoice } from "../../shared/model/provider-choice.ts";
import { say, sayIfKnown } from "./text.ts";

/** How a field is called, what helps to fill it in, and how each of its choices is called. */
export interface FieldWords {
  readonly label: string;
  readonly hint: string | null;
  readonly option: (value: string) => string;
}

function wordsOf(provider: string, key: string): string | null {
  return sayIfKnown(`provider.${provider}.${key}`);
}

/** What a provider is called, whichever of its entries is meant. */
export function providerName(provider: string): string {
  return wordsOf(provider, "entry") ?? provider;
}

/** What the provider drop-down calls a choice, such as `Microsoft Exchange 2016`. */
export function entryName({ provider, variant }: ProviderChoice): string {
  const words = wordsOf(provider, variant === null ? "entry" : `entry-${variant}`);
  return words ?? [provider, variant].filter((part) => part !== null).join(" ");
}

export function fieldWords(provider: string, name: string): FieldWords {
  return {
    label: wordsOf(provider, `field-${name}`) ?? name,
    hint: wordsOf(provider, `field-${name}-hint`),
    option: (value) => wordsOf(provider, `field-${name}-${value}`) ?? value,
  };
}

export function noticeText(provider: string, { name }: Notice): string {
  return wordsOf(provider, `notice-${name}`) ?? name;
}

/** What stops working with a provider, by the name in its descriptor. */
export function preventsText(provider: string, name: string): string {
  return wordsOf(provider, `prevents-${name}`) ?? name;
}

/** What the account may have to be allowed, by the name in the provider's descriptor. */
export function rightText(provider: string, name: string): string {
  return wordsOf(provider, `right-${name}`) ?? name;
}

/** A release of the product, such as `Exchange 2016`; null is one that is not known. */
export function releaseName(provider: string, version: string | null): string {
  if (version === null) return wordsOf(provider, "version-unknown") ?? say("servers.version-unknown");
  return wordsOf(provider, `version-${version}`) ?? sayIfKnown(`provider.${provider}.version-other`, { version }) ?? version;
}

/** What a server does, such as `Client Access`. */
export function roleName(provider: string, role: string): string {
  return wordsOf(provider, `role-${role}`) ?? role;
}
