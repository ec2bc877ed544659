/** The rows of the identity stores page, as a feed. */
import type { ConfigurationState, StoreSummary } from "../../shared/model/identity-store.ts";
import type { Health } from "../../shared/model/mail-server.ts";
import type { Tested } from "../../shared/model/messaging.ts";
import { serversInUse } from "../../shared/rules/servers-in-use.ts";
import { Feed } from "../feed.ts";
import { Gathering } from "../gathering.ts";
import type { StoredIdentityStore } from "../store/types.ts";
import type { EditorService } from "./editor.ts";
import type { ExpiryService } from "./expiry.ts";
import { findProvider } from "./forms.ts";
import type { Foundation } from "./rooms.ts";
import type { ServerStatusService } from "./server-status.ts";
import type { SightingBook } from "./comparison/sighting-book.ts";

function stateOf(tested: Tested, testable: boolean): ConfigurationState {
  if (tested.state === "failed") return "saved-with-failed-test";
  return tested.state === "passed" || !testable ? "saved" : "saved-untested";
}

/** Changes are gathered this long, in milliseconds: a sweep over a thousand servers is a thousand transitions. */
const REFRESH_MS = 100;

interface Others {
  readonly servers: ServerStatusService;
  readonly editor: EditorService;
  readonly expiry: ExpiryService;
  readonly book: SightingBook;
}

export class StoreSummaries {
  readonly feed = new Feed<StoreSummary>();
  readonly #foundation: Foundation;
  readonly #others: Others;
  readonly #refresh: Gathering;
  readonly #unsubscribe: readonly (() => void)[];

  constructor(foundation: Foundation, others: Others) {
    this.#foundation = foundation;
    this.#others = others;
    this.#refresh = new Gathering(foundation.ports.clock, REFRESH_MS, () => {
      this.feed.replace(this.list().map((summary) => [summary.id, summary] as const));
    });
    const refreshSoon = () => this.#refresh.soon();
    this.#unsubscribe = [foundation.store, foundation.prepareOnly, others.book, others.servers].map((changing) => changing.onChange(refreshSoon));
    this.#refresh.now();
  }

  list(): StoreSummary[] {
    return this.#foundation.store.identityStores.list().map((stored) => this.#summary(stored));
  }

  /** The feed as it stands now: whoever begins to read sees what was done before, and what was seen before. */
  async current(): Promise<Feed<StoreSummary>> {
    // A command answers once, and waits for what was seen of directories and by probes; a page is shown what is there, and hears the rest.
    const seen = this.#others.book.ready();
    if (this.#foundation.ports.host === "command-line") await seen;
    await this.#others.servers.probesRead();
    this.#refresh.settle();
    return this.feed;
  }

  dispose(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#refresh.stop();
  }

  #summary(stored: StoredIdentityStore): StoreSummary {
    const { store, providers } = this.#foundation;
    const { connection, messaging, name } = stored.document;
    const draftVersion = store.drafts.version(stored.id);
    const configuration = messaging?.configuration ?? null;
    const provider = configuration === null ? undefined : findProvider(providers, configuration.provider);
    const descriptor = provider?.descriptor ?? null;
    const used = serversInUse(configuration, descriptor);
    const health = new Map(this.#others.servers.statuses(stored.id).map((status) => [status.name, status.health.state]));
    const inState = (...states: readonly Health["state"][]) => used.filter(({ name: server }) => states.includes(health.get(server) ?? "unchecked")).length;
    const [first] = this.#others.expiry.of(stored).toSorted((a, b) => a.at - b.at);
    const unsaved: ConfigurationState = draftVersion !== null ? "draft" : "not-configured";
    return {
      id: stored.id,
      name,
      kind: connection.kind,
      domain: connection.kind === "active-directory" ? connection.domain : connection.tenant,
      messaging: configuration === null ? null : { provider: configuration.provider, variant: configuration.variant },
      hasSubscriptions: provider?.hasSubscriptions ?? false,
      serversTotal: used.length,
      serversOnline: inState("online", "unstable"),
      serversUnknown: inState("unknown", "unchecked"),
      state: configuration === null ? unsaved : stateOf(this.#others.editor.testedOf(stored), descriptor?.testable ?? false),
      hasDraft: draftVersion !== null,
      draftVersion,
      editing: store.drafts.editing(stored.id).map((each) => ({ ...each })),
      revision: stored.revision,
      prepareOnly: this.#foundation.prepareOnly.has(stored.id),
      nextExpiry: first === undefined ? null : { kind: first.kind, what: first.subject, at: first.at },
      drift: this.#others.book.drift(stored),
      probed: this.#others.servers.probed(stored.id),
      updatedAt: stored.updatedAt,
    };
  }
}
