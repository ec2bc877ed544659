/** What keeps a configuration from being saved, as far as every provider shares it. */
import type { Issue } from "../fault.ts";
import type { ProviderDescriptor, MessagingConfiguration } from "../model/messaging.ts";

/** Secrets and certificates that a form needs and lacks. Paths are field names, as the provider's own issues have them. */
export function missingSecrets(
  descriptor: ProviderDescriptor,
  present: { readonly secrets: Readonly<Record<string, unknown>>; readonly certificates: Readonly<Record<string, unknown>> },
): Issue[] {
  return descriptor.fields.flatMap((field): Issue[] => {
    if (!field.required) return [];
    if (field.kind === "secret" && present.secrets[field.name] === undefined) return [{ path: [field.name], code: "required" }];
    if (field.kind === "certificate" && present.certificates[field.name] === undefined) return [{ path: [field.name], code: "required" }];
    return [];
  });
}

/** The parts in which a configuration is entered, in their order. */
export const formParts = ["provider", "connection", "servers"] as const;
export type FormPart = (typeof formParts)[number];

/** The part in which what an issue is about is entered. A provider's own issues are all about its fields. */
export function partOf({ path: [first] }: Issue): FormPart {
  return formParts.find((part) => part === first) ?? "connection";
}

/** How many entries a part still lacks, and how many it holds that are not accepted. */
export function readinessOf(part: FormPart, issues: readonly Issue[]): { readonly missing: number; readonly wrong: number } {
  const own = issues.filter((issue) => partOf(issue) === part);
  const missing = own.filter(({ code }) => code === "required").length;
  return { missing, wrong: own.length - missing };
}

/** Whether servers are listed but none is ticked: it can be saved, but nothing would be asked. */
export function nothingTicked(descriptor: ProviderDescriptor, configuration: MessagingConfiguration): boolean {
  return descriptor.servers === "priority" && !configuration.servers.some((server) => server.ticked);
}
