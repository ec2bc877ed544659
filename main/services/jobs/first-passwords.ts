/** First passwords of the users that a run is still to make: typed, or generated and handed over before the first of them is made. */
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { JobRow } from "../../../shared/model/job-run.ts";
import type { JournalEntry, MailRequest } from "../../../shared/model/mail-object.ts";
import type { PasswordPolicy } from "../../../shared/model/password-policy.ts";
import { isOver, needsPassword } from "../../../shared/rules/mail-types.ts";
import { writePasswordFile } from "../../jobs/password-file.ts";
import { generatePassword } from "../../jobs/passwords.ts";
import { openDirectory, type Ground } from "../mail-objects/ground.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";

export const PASSWORD_MISSING: Fault = { kind: "invalid", issues: [{ path: ["password"], code: "required" }] };

export type RowWithRequest = JobRow & { readonly request: MailRequest };

export function hasRequest(row: JobRow): row is RowWithRequest {
  return row.request !== null;
}

/** A user to be made. */
interface Wanting {
  readonly request: MailRequest;
  /** In the run of mail objects, from 1. */
  readonly place: number;
  readonly entry: JournalEntry | undefined;
}

/** By the journal, which knows of objects that the rows do not tell of yet. */
export function wantingPasswords(rows: readonly RowWithRequest[], entries: readonly JournalEntry[]): Wanting[] {
  const byPlace = new Map(entries.map((entry) => [entry.place, entry]));
  return rows.flatMap(({ request, state }, index) => {
    const entry = byPlace.get(index + 1);
    const isOpen = state !== "done" && (entry === undefined || !isOver(entry));
    return isOpen && needsPassword({ request, object: entry?.object ?? null }) ? [{ request, place: index + 1, entry }] : [];
  });
}

interface Asked {
  readonly run: string;
  readonly policy: PasswordPolicy;
  readonly typed: string | null;
  readonly ground: Ground;
  readonly options: WorkOptions;
}

/**
 * By the place in the run of mail objects. Generated ones are in the sealed file, noted with the run, before this answers; that file names
 * nobody who was made before, with a password that an earlier file of the run has. Fails as sealing, storing and the directory do.
 */
export async function firstPasswords(foundation: Foundation, wanting: readonly Wanting[], { run, policy, typed, ground, options }: Asked): Promise<Result<ReadonlyMap<number, string>>> {
  if (policy.kind === "typed" || wanting.length === 0) return succeed(new Map(wanting.map(({ place }) => [place, typed ?? ""] as const)));
  const there = await alreadyMade(foundation, wanting, ground, options);
  if (!there.ok) return there;
  const { store, sealing, ports } = foundation;
  const made = wanting.map(({ request, place }) => ({ request, place, password: generatePassword(policy, [request.name, request.accountName ?? ""]) }));
  const users = made
    .filter(({ place }) => !there.value.has(place))
    .map(({ request, password }) => ({ name: request.name, accountName: request.accountName ?? "", address: request.address ?? "", password }));
  if (users.length > 0) {
    const written = await writePasswordFile({ run, directory: ports.dataDirectory, recipients: policy.recipients, users }, sealing, options.signal);
    if (!written.ok) return written;
    const noted = await store.jobRuns.notePasswordFile(run, written.value);
    if (!noted.ok) return noted;
  }
  return succeed(new Map(made.map(({ place, password }) => [place, password] as const)));
}

/** Places of users that were asked for before, without an answer that anybody saw, and are there. */
async function alreadyMade(foundation: Foundation, wanting: readonly Wanting[], ground: Ground, options: WorkOptions): Promise<Result<ReadonlySet<number>>> {
  const asked = wanting.flatMap(({ request, place, entry }) => {
    const create = entry?.steps.findLast(({ kind }) => kind === "create");
    const isOpen = create?.outcome.state === "started" || create?.outcome.state === "unanswered";
    return isOpen ? [{ request, place, server: create.server }] : [];
  });
  const [first] = asked;
  const found = new Set<number>();
  if (first === undefined) return succeed(found);
  const opened = await openDirectory(foundation, ground, first.server, options);
  if (!opened.ok) return opened;
  try {
    for (const { request, place } of asked) {
      if (options.signal.aborted) return fail({ kind: "cancelled" });
      const located = await opened.value.locate(request);
      if (!located.ok) return located;
      if (located.value !== null) found.add(place);
    }
    return succeed(found);
  } finally {
    await opened.value.close();
  }
}
