/** What one row comes to: the object that it stands for is looked up by its key, and held against what the row wants. */
import { fail, succeed, type Issue, type Result } from "../../../shared/fault.ts";
import type { Job, JobKey } from "../../../shared/model/job.ts";
import type { PlannedRow } from "../../../shared/model/job-plan.ts";
import type { LicenceChange, LicenceHolder } from "../../../shared/model/licence.ts";
import type { FoundObject, MailRequest } from "../../../shared/model/mail-object.ts";
import type { Subscription } from "../../../shared/model/subscription.ts";
import { directLicences, isNothing, planLicences, usageLocationOf } from "../../../shared/rules/licence-plan.ts";
import { isProtected, keyOf, keysTwice, productsOf, requestOf, type WantedRow } from "../../jobs/wanted.ts";
import type { DirectoryObjects } from "../../directory/types.ts";
import type { Ground } from "../mail-objects/ground.ts";
import { planObject } from "../mail-objects/planning.ts";
import type { LeaverPlanner } from "./leaver-planner.ts";

/** Accounts that every Active Directory has, which no run of a job touches (Microsoft, "Default local accounts"). */
const BUILT_IN = ["administrator", "guest", "krbtgt", "defaultaccount"];

/** What is decided of a row besides its number, key and name. */
type Decision = Omit<PlannedRow, "row" | "key" | "name">;

const NOTHING: Decision = { action: "keep", request: null, object: null, licences: null, seen: [], why: null, issues: [] };

interface PlannerParts {
  readonly job: Job;
  readonly ground: Ground;
  readonly rows: readonly WantedRow[];
  readonly subscriptions: readonly Subscription[];
  readonly asked: Parameters<typeof planObject>[2] & { readonly objects: DirectoryObjects };
  /** The licences of a user of the destination, by its id. */
  readonly holder: (user: string) => Promise<Result<LicenceHolder>>;
  /** Null where rows are no leavers. */
  readonly leaving: LeaverPlanner | null;
}

interface WantedLicences {
  readonly change: LicenceChange;
  readonly issues: readonly Issue[];
  readonly losesMailbox: boolean;
}

export class RowPlanner {
  readonly #parts: PlannerParts;
  readonly #twice: ReadonlySet<string>;
  readonly #protected: ReadonlySet<string>;
  /** Products by their part number in capitals. */
  readonly #products: ReadonlyMap<string, string>;

  constructor(parts: PlannerParts) {
    this.#parts = parts;
    this.#twice = keysTwice(parts.rows);
    this.#products = new Map(parts.subscriptions.map(({ partNumber, id }) => [partNumber.toUpperCase(), id]));
    const { connection } = parts.ground;
    const own = connection.kind === "active-directory" ? [accountOf(connection.username)] : [];
    this.#protected = new Set([...BUILT_IN, ...own, ...parts.job.brakes.protected].map(keyOf));
  }

  /** Fails as the directory or the cloud does, which ends the plan: what could not be looked up is not missing. */
  async plan(row: WantedRow): Promise<Result<PlannedRow>> {
    const decided = await this.#decide(row);
    return decided.ok ? succeed({ row: row.row, key: row.key, name: row.name, ...decided.value }) : decided;
  }

  async #decide(row: WantedRow): Promise<Result<Decision>> {
    const skip = (why: string): Result<Decision> => succeed({ ...NOTHING, action: "skip", why });
    if (row.issues.length > 0) return succeed({ ...NOTHING, action: "refused", issues: [...row.issues] });
    if (row.key === "") return skip("blank-key");
    if (this.#twice.has(keyOf(row.key))) return skip("twice-in-source");
    if (isProtected(row, this.#protected)) return skip("protected");
    const { job, asked, leaving } = this.#parts;
    const found = await asked.objects.called(row.key);
    if (!found.ok) return found;
    const [object, ...others] = found.value.objects.filter((each) => keyOf(valueOf(each, job.key)) === keyOf(row.key));
    // Of more than a search shows nobody knows whether this one is among the rest.
    if (others.length > 0 || found.value.more) return skip("twice-in-destination");
    if (object === undefined) return job.missing === "skip" || leaving !== null ? skip("missing") : this.#create(row);
    // Named another way in the row, it is protected all the same.
    if ([object.name, object.accountName, object.address].some((name) => name !== null && this.#protected.has(keyOf(name)))) return skip("protected");
    if (object.type !== job.type) return skip("another-type");
    return leaving === null ? this.#existing(row, object) : leaving.plan(object);
  }

  async #create(row: WantedRow): Promise<Result<Decision>> {
    const request = requestOf(this.#parts.job, row, null);
    const licences = this.#licences(row, null);
    const decided = await this.#requested(request, licences.issues);
    if (!decided.ok || decided.value.action === "refused") return decided;
    return succeed({ ...decided.value, licences: isNothing(licences.change) ? null : licences.change });
  }

  /** A cloud's users have their mail part from the beginning, or by a licence: there is nothing to enable. */
  async #existing(row: WantedRow, found: FoundObject): Promise<Result<Decision>> {
    const { job, ground, holder } = this.#parts;
    const object = { identity: found.identity, guid: found.guid, controller: found.controller };
    const isEnabled = found.mailEnabled || ground.provisioning.openObjects !== null;
    const enabling = isEnabled ? succeed({ ...NOTHING, object }) : await this.#requested({ ...requestOf(job, row, found.identity), name: found.name, ...(found.guid === null ? {} : { guid: found.guid }) }, []);
    if (!enabling.ok || enabling.value.action === "refused" || job.licensing === "none") return enabling.ok ? succeed({ ...enabling.value, object }) : enabling;
    if (found.guid === null) return fail({ kind: "not-found", what: "user-in-tenant" });
    const held = await holder(found.guid);
    if (!held.ok) return held;
    const { change, issues, losesMailbox } = this.#licences(row, held.value);
    if (issues.length > 0) return succeed({ ...NOTHING, object, action: "refused", issues: [...issues] });
    if (isNothing(change)) return succeed({ ...enabling.value, object });
    const action = enabling.value.action === "keep" ? (change.take.length > 0 ? "unlicense" : "license") : enabling.value.action;
    return succeed({ ...enabling.value, object, action, licences: change, seen: directLicences(held.value), ...(change.take.length === 0 ? {} : { losesMailbox }) });
  }

  /** What a request comes to, held against the directory. */
  async #requested(request: MailRequest, issues: readonly Issue[]): Promise<Result<Decision>> {
    const { ground, asked } = this.#parts;
    const plan = await planObject(ground, request, asked);
    if (!plan.ok) return plan;
    const all = [...plan.value.issues, ...issues];
    if (all.length > 0) return succeed({ ...NOTHING, action: "refused", issues: all });
    return succeed({ ...NOTHING, action: request.action === "create" ? "create" : "enable", request });
  }

  /** Seats are counted over all rows, and not here. `holder`: null for a user that is still to be made. */
  #licences(row: WantedRow, holder: LicenceHolder | null): WantedLicences {
    const { job, subscriptions } = this.#parts;
    const none: LicenceChange = { give: [], take: [], usageLocation: null };
    if (job.licensing === "none") return { change: none, issues: [], losesMailbox: false };
    const named = productsOf(row);
    const unknown = named.filter((name) => !this.#products.has(name));
    const typed = row.values.usageLocation ?? "";
    const usageLocation = usageLocationOf(typed);
    const issues: Issue[] = [
      ...unknown.map((product): Issue => ({ path: ["subscriptions"], code: "subscription-unknown", facts: { product } })),
      ...(typed.trim() !== "" && usageLocation === null ? [{ path: ["usageLocation"], code: "not-a-country" }] : []),
    ];
    const give = named.flatMap((name) => this.#products.get(name) ?? []);
    const someone: LicenceHolder = holder ?? { id: "", name: "", signInName: "", usageLocation: null, licences: [] };
    // A blank cell takes nothing away: it is what a broken export looks like.
    const take = job.licensing === "exact" && named.length > 0 ? directLicences(someone).filter((id) => !give.includes(id)) : [];
    const plan = planLicences(someone, subscriptions, { give, take, usageLocation });
    return { change: plan.change, losesMailbox: plan.losesMailbox, issues: [...issues, ...plan.issues.filter(({ code }) => code !== "no-seats")] };
  }
}

function valueOf(object: FoundObject, key: JobKey): string {
  return object[key] ?? "";
}

/** `LAB\\admin`, `admin@contoso.lab`: the account's name alone. A distinguished name stays as it is. */
function accountOf(username: string): string {
  if (/^[a-z]+=/i.test(username)) return username;
  return username.split("\\").at(-1)?.split("@")[0] ?? username;
}
