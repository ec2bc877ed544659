/** Handed-over identity stores in words. */
import type { ImportedStore } from "../../../shared/contract/handover.ts";
import type { Fault, Issue } from "../../../shared/fault.ts";
import type { StoreKind } from "../../../shared/model/identity-store.ts";
import type { ProviderChoice } from "../../../shared/model/provider-choice.ts";
import { changeLabel } from "../../text/change.ts";
import { explain, explainIssue } from "../../text/fault.ts";
import { entryName } from "../../text/provider.ts";
import { say } from "../../text/text.ts";
import { secretName } from "../settings/data/words.ts";

const MESSAGING = "messaging.";

/** Secrets by their names in a file (`directory.password`, `messaging.FIELD`), as the forms call them. */
export function secretList(messaging: ProviderChoice | null, names: readonly string[]): string {
  const purposeOf = (name: string) => (name.startsWith(MESSAGING) && messaging !== null ? `messaging/${messaging.provider}/${name.slice(MESSAGING.length)}` : name.replaceAll(".", "-"));
  return names.map((name) => secretName(purposeOf(name))).join(", ");
}

/** `Active Directory, Microsoft Exchange 2016`. */
export function storeWords({ kind, messaging }: { readonly kind: StoreKind; readonly messaging: ProviderChoice | null }): string {
  return say("handover.provider", { kind: say(`identity-stores.kind-${kind}`), provider: messaging === null ? say("identity-stores.provider-none") : entryName(messaging) });
}

/** `Domain name: Enter a domain name, such as contoso.com.` */
function issueWords(issue: Issue): string {
  const key = issue.path.join(".").replace(/^messaging\./, "");
  return key === "" ? explainIssue(issue) : say("handover.issue", { field: changeLabel({ key, provider: issue.provider ?? null }), issue: explainIssue(issue) });
}

/** Why one of several identity stores was refused: what is wrong with its entries, or what stood in the way. */
export function reasonOf(fault: Fault): string {
  if (fault.kind === "invalid" && fault.issues.length > 0) return fault.issues.map(issueWords).join(" ");
  const { sentence, nextStep } = explain(fault);
  return `${sentence} ${nextStep}`;
}

/** The sum of an import, for who does not see its list. */
export function importWords(stores: readonly ImportedStore[]): string {
  const count = (...outcomes: readonly ImportedStore["outcome"][]) => stores.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const [imported, drafts, refused] = [count("created", "saved", "draft"), count("draft"), count("refused")];
  return [
    say("handover.imported", { count: imported }),
    ...(drafts === 0 ? [] : [say("handover.drafts", { count: drafts })]),
    ...(refused === 0 ? [] : [say("handover.refused", { count: refused })]),
  ].join(" ");
}
