/** What giving and taking licences would come to, before anything is written. */
import type { Issue } from "../fault.ts";
import type { LicenceChange, LicenceHolder } from "../model/licence.ts";
import type { Subscription } from "../model/subscription.ts";
import { bringsMailbox, freeSeats, partNumberOf } from "./subscription.ts";

export interface LicencePlan {
  /** What is not so already. */
  readonly change: LicenceChange;
  /** Why nothing of it is done: `give` or `take` with the subscription, or `usageLocation`. Facts: `product`. */
  readonly issues: readonly Issue[];
  /** Whether the user has a mailbox now and none by any licence afterwards: Exchange Online keeps its mail for 30 days. */
  readonly losesMailbox: boolean;
}

/** Subscriptions that a user has been given directly. */
export function directLicences({ licences }: Pick<LicenceHolder, "licences">): string[] {
  return licences.filter(({ group }) => group === null).map(({ subscription }) => subscription);
}

/** A country's two letters as they were meant; null for what is none. */
export function usageLocationOf(text: string): string | null {
  const letters = text.trim().toUpperCase();
  return /^[A-Z]{2}$/.test(letters) ? letters : null;
}

/** Judges a change by what the tenant and the user have. What is given and taken at once is refused: nobody means both. */
export function planLicences(holder: LicenceHolder, subscriptions: readonly Subscription[], wanted: LicenceChange): LicencePlan {
  const direct = new Set(directLicences(holder));
  const held = new Set(holder.licences.map(({ subscription }) => subscription));
  const give = [...new Set(wanted.give)].filter((id) => !direct.has(id));
  const take = [...new Set(wanted.take)].filter((id) => held.has(id));
  const usageLocation = wanted.usageLocation === holder.usageLocation ? null : wanted.usageLocation;
  // A tenant has few, and a job asks for a hundred thousand users: a table of them would take longer to make than to look through.
  const known = (id: string) => subscriptions.find((each) => each.id === id);
  const issue = (path: "give" | "take", id: string, code: string): Issue => ({ path: [path, id], code, facts: { product: partNumberOf(subscriptions, id) } });
  const issues: Issue[] = [
    ...give.flatMap((id) => {
      const code = whyNotGiven(known(id), held.has(id));
      return code === null ? [] : [issue("give", id, code)];
    }),
    ...take.filter((id) => !direct.has(id)).map((id) => issue("take", id, "licence-by-group")),
    ...wanted.take.filter((id) => wanted.give.includes(id)).map((id) => issue("take", id, "licence-both-ways")),
  ];
  if (give.length > 0 && (usageLocation ?? holder.usageLocation) === null) issues.push({ path: ["usageLocation"], code: "usage-location-missing" });
  const after = [...held].filter((id) => !take.includes(id) || holder.licences.some(({ subscription, group }) => subscription === id && group !== null));
  const hasMailbox = (ids: readonly string[]) => ids.some((id) => bringsMailbox(known(id) ?? { plans: [] }));
  return { change: { give, take, usageLocation }, issues, losesMailbox: hasMailbox([...held]) && !hasMailbox([...after, ...give]) };
}

/** Who has a subscription by a group takes no second seat with a direct one (Microsoft: "What is group-based licensing"). */
function whyNotGiven(subscription: Subscription | undefined, isHeld: boolean): string | null {
  if (subscription === undefined) return "subscription-unknown";
  if (!subscription.isForUsers) return "subscription-for-tenant";
  if (subscription.state !== "enabled" && subscription.state !== "warning") return "subscription-ended";
  return freeSeats(subscription) === 0 && !isHeld ? "no-seats" : null;
}

/** Whether a plan changes anything. */
export function isNothing({ give, take, usageLocation }: LicenceChange): boolean {
  return give.length === 0 && take.length === 0 && usageLocation === null;
}
