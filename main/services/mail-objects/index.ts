/** Mail objects of an identity store: what can be made, the plan, doing it, and the journal of what was done. */
import type { JournalPage, JournalQuestion, RunSummary } from "../../../shared/contract/mail-objects.ts";
import { progress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { FoundObject, JournalEntry, MailObjectType, MailRequest } from "../../../shared/model/mail-object.ts";
import type { Container, MailOffer, MailPlan, Rehearsal, ServerFailure } from "../../../shared/model/mail-plan.ts";
import { rehearse } from "../../../shared/rules/rehearsal.ts";
import type { DirectoryObjects } from "../../directory/types.ts";
import { propose } from "../../mail-objects/proposal.ts";
import { Newest } from "../newest.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { Directories } from "./directories.ts";
import { groundOf, openDirectory, serversOf, type Ground, type StatusesOf } from "./ground.ts";
import { planObject } from "./planning.ts";
import type { MailRuns } from "./runs.ts";

/** How many proposals are tried until one is free. */
const PROPOSALS = 5;

export class MailObjectsService {
  readonly #foundation: Foundation;
  readonly #statusesOf: StatusesOf;
  readonly #directories: Directories;
  readonly #runs: MailRuns;
  /** The newest state of the journal. */
  readonly #newest: Newest;

  constructor(foundation: Foundation, { runs, statusesOf }: { readonly runs: MailRuns; readonly statusesOf: StatusesOf }) {
    this.#foundation = foundation;
    this.#statusesOf = statusesOf;
    const { ports: { clock }, store } = foundation;
    this.#directories = new Directories(clock);
    this.#runs = runs;
    this.#newest = new Newest({ store, clock, value: () => store.journal.newest() });
  }

  /** Says that something in the journal is another one. */
  get news(): Newest["feed"] {
    return this.#newest.feed;
  }

  /** Fails with `unsupported`: `nothing-saved`, `no-mail-system`. */
  offer(storeId: string): Result<MailOffer> {
    const ground = groundOf(this.#foundation, storeId);
    if (!ground.ok) return ground;
    const { provisioning, connection } = ground.value;
    const { order, last } = this.#servers(ground.value);
    return succeed({
      types: [...provisioning.types(connection)],
      domain: provisioning.domain(connection),
      aliasLength: provisioning.aliasLength,
      containers: connection.kind === "active-directory" && provisioning.openObjects === null,
      servers: [...order, ...last.map(({ name }) => name)],
    });
  }

  async containers(storeId: string, parent: string | null): Promise<Result<Container[]>> {
    const found = await this.#ask(storeId, (objects) => objects.containers(parent));
    return found.ok ? succeed([...found.value]) : found;
  }

  /** The first proposal that the directory has room for; where it cannot be asked, the first one. */
  async propose(storeId: string, type: MailObjectType, name: string): Promise<Result<{ alias: string; accountName: string; address: string | null }>> {
    const ground = groundOf(this.#foundation, storeId);
    if (!ground.ok) return ground;
    const { provisioning, connection } = ground.value;
    const proposal = (nth: number) => {
      const names = propose(type, name, provisioning.aliasLength, nth);
      const request: MailRequest = { action: "create", type, name, container: null, identity: null, address: null, externalAddress: null, ...names };
      return { ...names, request, address: provisioning.address(request, connection) };
    };
    const first = proposal(1);
    if (first.alias === "") return succeed({ alias: "", accountName: "", address: null });
    const free = await this.#ask(storeId, async (objects) => {
      for (let nth = 1; nth <= PROPOSALS; nth += 1) {
        const tried = proposal(nth);
        const issues = await objects.conflicts(tried.request, tried.address);
        if (!issues.ok) return issues;
        if (issues.value.every(({ path }) => path[0] !== "alias" && path[0] !== "accountName" && path[0] !== "address")) return succeed(tried);
      }
      return succeed(first);
    });
    const { alias, accountName, address } = free.ok ? free.value : first;
    return succeed({ alias, accountName, address });
  }

  async find(storeId: string, text: string, { progress: tell }: WorkOptions): Promise<Result<{ objects: FoundObject[]; more: boolean }>> {
    tell(progress("searching-objects", { detail: text }));
    const found = await this.#ask(storeId, (objects) => objects.find(text.trim()));
    return found.ok ? succeed({ objects: [...found.value.objects], more: found.value.more }) : found;
  }

  /** With `ask` the directory is asked too, and fails as that does. */
  async plan(storeId: string, request: MailRequest, ask: boolean, signal: AbortSignal): Promise<Result<MailPlan>> {
    const ground = groundOf(this.#foundation, storeId);
    if (!ground.ok) return ground;
    const with_ = (objects: DirectoryObjects | null) => planObject(ground.value, request, { aliases: this.#foundation.aliases, servers: this.#servers(ground.value), objects, signal });
    return ask ? this.#ask(storeId, with_) : with_(null);
  }

  /** Does one request. Fails with `invalid` before anything is written where something is wrong with it. */
  async apply(storeId: string, request: MailRequest, password: string | null, options: WorkOptions): Promise<Result<JournalEntry>> {
    const ground = groundOf(this.#foundation, storeId);
    if (!ground.ok) return ground;
    options.progress(progress("planning", { detail: request.name }));
    const plan = await this.plan(storeId, request, true, options.signal);
    if (!plan.ok) return plan;
    if (plan.value.issues.length > 0) return fail({ kind: "invalid", issues: plan.value.issues });
    const done = await this.#runs.begin(ground.value, [request], () => password, options);
    if (!done.ok) return done;
    const [entry] = done.value.entries;
    return entry === undefined ? fail({ kind: "not-found", what: "journal-entry" }) : succeed(entry);
  }

  /** Plays the failover rule through. Fails as {@link offer} does, and with `unsupported: no-servers` where there are none to fail. */
  rehearse(storeId: string, request: MailRequest, failures: Readonly<Record<string, ServerFailure>>): Result<Rehearsal> {
    const ground = groundOf(this.#foundation, storeId);
    if (!ground.ok) return ground;
    if (ground.value.provisioning.via !== "servers") return fail({ kind: "unsupported", why: "no-servers" });
    const { order, last } = this.#servers(ground.value);
    return succeed(rehearse(request.action, [...order, ...last.map(({ name }) => name)], failures));
  }

  resume(run: string, entry: string | null, password: string | null, options: WorkOptions): Promise<Result<RunSummary>> {
    return this.#runs.resume(run, entry, () => password, options);
  }

  undo(entry: string, options: WorkOptions): Promise<Result<JournalEntry>> {
    return this.#runs.undo(entry, options);
  }

  journal(question: JournalQuestion): Promise<JournalPage> {
    return this.#foundation.store.journal.page(question);
  }

  async dispose(): Promise<void> {
    this.#newest.dispose();
    await this.#directories.dispose();
  }

  #servers(ground: Ground) {
    return serversOf(ground, this.#statusesOf);
  }

  #ask<T>(storeId: string, question: (objects: DirectoryObjects) => Promise<Result<T>>): Promise<Result<T>> {
    const ground = groundOf(this.#foundation, storeId);
    if (!ground.ok) return Promise.resolve(ground);
    const { stored } = ground.value;
    const ways = this.#foundation.reach.of(storeId);
    if (!ways.ok) return Promise.resolve(ways);
    const open = (signal: AbortSignal) => openDirectory(this.#foundation, ground.value, null, { signal, progress: () => undefined });
    return this.#directories.ask(`${storeId} ${stored.revision}`, ways.value.signal, open, question);
  }
}
