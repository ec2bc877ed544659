/** What the console works on: the file, or a team's database; and the ways from one to the other. */
import { hostname } from "node:os";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { progress, rungProgress } from "../../shared/contract/progress.ts";
import type { DataState, MoveComparison, MoveReport, TeamFound, TeamPlace, TeamSignIn } from "../../shared/model/team.ts";
import { Feed } from "../feed.ts";
import type { Store, TeamAtHome, TeamSettings } from "../store/types.ts";
import { compareStores, moveStores } from "./data-move.ts";
import type { FileHolder } from "./files.ts";
import { gone, type DataRoom, type Foundation, type WorkOptions } from "./rooms.ts";

type Kind = DataState["kind"];

/** Whether a stored sign-in may go there: to the account that it was stored for, at the server that it was stored for. */
function isSamePlace(one: TeamPlace, other: TeamPlace): boolean {
  const same = (key: "host" | "port" | "database" | "user") => one[key] === other[key];
  return same("host") && same("port") && same("database") && same("user") && one.authority?.pem === other.authority?.pem;
}

const notStored = fail({ kind: "invalid", issues: [{ path: ["signIn"], code: "not-stored-for-this-place" }] });

export class DataService {
  readonly feed = new Feed<DataState>();
  readonly #foundation: Foundation;
  readonly #room: DataRoom;
  readonly #files: FileHolder;
  readonly #unsubscribe: () => void;

  constructor(foundation: Foundation, files: FileHolder) {
    this.#foundation = foundation;
    this.#room = foundation.data;
    this.#files = files;
    this.#unsubscribe = foundation.store.onChange(() => this.#refresh());
    this.#refresh();
  }

  dispose(): void {
    this.#unsubscribe();
  }

  async test(place: TeamPlace, signIn: TeamSignIn, options: WorkOptions): Promise<Result<TeamFound>> {
    const settings = await this.#settings(place, signIn, options.signal);
    return settings.ok ? this.#room.entrance.test(settings.value, this.#climb(options)) : settings;
  }

  async setUp(place: TeamPlace, signIn: TeamSignIn, options: WorkOptions): Promise<Result<{ recoveryKey: string }>> {
    const settings = await this.#settings(place, signIn, options.signal);
    if (!settings.ok) return settings;
    const founded = await this.#room.entrance.setUp(settings.value, this.#label(), this.#climb(options));
    this.#refresh();
    return founded;
  }

  /** `code` null: this console is in the team already, and what signs in was changed. */
  async join(place: TeamPlace, signIn: TeamSignIn, options: WorkOptions): Promise<Result<{ code: string | null }>> {
    const settings = await this.#settings(place, signIn, options.signal);
    if (!settings.ok) return settings;
    const asked = await this.#room.entrance.join(settings.value, this.#label(), this.#climb(options));
    if (!asked.ok) return asked;
    const used = await this.#work("team");
    // What is open signed in with what was kept before.
    if (used.ok) this.#foundation.ports.reopen?.();
    return used.ok ? asked : used;
  }

  async recover(recoveryKey: string): Promise<Result<null>> {
    const team = this.#team();
    const recovered = team.ok ? await team.value.recover(recoveryKey) : team;
    this.#refresh();
    return recovered;
  }

  async approve(member: string, code: string): Promise<Result<null>> {
    const team = this.#team();
    const approved = team.ok ? await team.value.approve(member, code) : team;
    this.#refresh();
    return approved;
  }

  async remove(member: string): Promise<Result<{ known: { store: string; secret: string }[] }>> {
    const team = this.#team();
    const removed = team.ok ? await team.value.remove(member) : team;
    this.#refresh();
    if (!removed.ok) return removed;
    const { identityStores } = this.#foundation.store;
    // Those of a job's own provider are told of its identity store.
    return succeed({ known: removed.value.known.map(({ store, secret }) => ({ store: identityStores.ownerOf(store), secret })) });
  }

  /** Where pages are open, they are answered from the other one a moment later. */
  async use(kind: Kind): Promise<Result<null>> {
    const home = this.#room.entrance.home.read();
    if (!home.ok) return home;
    if (home.value === null) return kind === "file" ? succeed(null) : fail(gone("team"));
    const written = await this.#work(kind);
    if (!written.ok) return written;
    // One that could not be opened is tried again, or given up.
    if (kind !== this.#kind() || this.#room.fault !== null) this.#foundation.ports.reopen?.();
    return succeed(null);
  }

  /** From the next opening on. */
  #work(kind: Kind): Promise<Result<null>> {
    return this.#room.entrance.home.change((kept) => (kept === null ? null : { ...kept, inUse: kind === "team" }));
  }

  async forget(): Promise<Result<null>> {
    if (this.#kind() === "team") return fail({ kind: "unsupported", why: "team-in-use" });
    const forgotten = await this.#room.entrance.home.forget();
    this.#refresh();
    return forgotten;
  }

  async compare(from: Kind): Promise<Result<MoveComparison>> {
    return this.#withBoth(from, (source, destination) => Promise.resolve(succeed(compareStores(source, destination))));
  }

  async move(from: Kind, { signal, progress: tell }: WorkOptions): Promise<Result<MoveReport>> {
    const onStore = (done: number, total: number) => tell(progress("moving-stores", { done, total }));
    const { prepareOnly } = this.#foundation;
    return this.#withBoth(from, (source, destination) => moveStores(source, destination, { signal, prepareOnly, onStore }));
  }

  #kind(): Kind {
    return this.#foundation.store.team === null ? "file" : "team";
  }

  #team() {
    const { team } = this.#foundation.store;
    return team === null ? fail({ kind: "unsupported", why: "no-team" }) : succeed(team);
  }

  async #withBoth<T>(from: Kind, work: (source: Store, destination: Store) => Promise<Result<T>>): Promise<Result<T>> {
    const other = await this.#room.openOther();
    if (!other.ok) return other;
    const own = this.#foundation.store;
    try {
      return await (from === this.#kind() ? work(own, other.value) : work(other.value, own));
    } finally {
      await other.value.close();
    }
  }

  #label(): string {
    const { user, host } = this.#foundation.ports;
    return `${user} on ${hostname()}, ${host}`;
  }

  #climb({ signal, progress: tell }: WorkOptions) {
    return { signal, onRung: (rung: Parameters<typeof rungProgress>[0]) => tell(rungProgress(rung)) };
  }

  /** What was typed, with what is stored where nothing was. */
  async #settings(place: TeamPlace, signIn: TeamSignIn, signal: AbortSignal): Promise<Result<TeamSettings>> {
    const typed = signIn.by === "password" ? signIn.password : signIn.file;
    if (typed === null) return this.#stored(place, signIn.by);
    if (signIn.by === "password") return succeed({ place, signIn: { by: "password", password: typed } });
    const held = this.#files.read(typed);
    if (!held.ok) return held;
    const opened = await this.#foundation.certificates.open(held.value.bytes, signIn.filePassword, { signal, identity: null });
    if (!opened.ok) return opened;
    const { certificatePem, chainPem, privateKeyPem } = opened.value;
    return succeed({ place, signIn: { by: "certificate", certificate: [certificatePem, ...chainPem].join("\n"), key: privateKeyPem } });
  }

  #stored(place: TeamPlace, by: TeamSignIn["by"]): Result<TeamSettings> {
    const home = this.#room.entrance.home.read();
    if (!home.ok) return home;
    const stored: TeamAtHome["settings"] | undefined = home.value?.settings;
    if (stored === undefined || stored.signIn.by !== by || !isSamePlace(stored.place, place)) return notStored;
    return succeed({ place, signIn: stored.signIn });
  }

  #refresh(): void {
    const { store, ports } = this.#foundation;
    const folder = ports.dataDirectory;
    this.feed.replace([["data", store.team === null ? { kind: "file", folder, known: this.#known(), fault: this.#room.fault } : { kind: "team", folder, ...store.team.state() }]]);
  }

  #known(): Extract<DataState, { kind: "file" }>["known"] {
    const home = this.#room.entrance.home.read();
    if (!home.ok || home.value === null || home.value.remembered.root === null) return null;
    const { place, signIn } = home.value.settings;
    return { place, signInBy: signIn.by };
  }
}
