/** Sync Again: asks the forest's configuration partition for its Exchange servers. */
import { progress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { RungResult, ServerListing } from "../../../shared/model/mail-server.ts";
import { gather, type Gathered } from "../../directory/gather.ts";
import type { DirectorySession } from "../../directory/types.ts";
import type { Discovery, ProviderContext } from "../provider.ts";
import type { ExchangeConfiguration } from "./schema.ts";
import { readServer, serverAttributes, type ServerObject } from "./server-object.ts";
import { variants } from "./version.ts";

/** `ex2` before `ex10`. */
const byName = new Intl.Collator("en", { numeric: true });

export const discovery: Discovery<ExchangeConfiguration> = {
  list: async (configuration, context) => {
    context.progress(progress("finding-controller", { detail: configuration.domain }));
    const onTrying = (host: string) => context.progress(progress("trying-controller", { detail: host }));
    const session = await signIn(configuration, context, onTrying, ({ rung, outcome }) => {
      if (rung === "tls" && outcome.state !== "failed") context.progress(progress("signing-in", { detail: configuration.username }));
    });
    if (!session.ok) return session;
    try {
      return await listServers(session.value, configuration, context);
    } finally {
      await session.value.close();
    }
  },
};

/** Opens the directory with the configuration's own account. */
export async function signIn(
  { domain, username }: ExchangeConfiguration,
  context: ProviderContext,
  onTrying: (host: string) => void,
  onRung: (rung: RungResult) => void,
): Promise<Result<DirectorySession>> {
  if (context.directory === null) return fail({ kind: "unsupported", why: "needs-active-directory" });
  const password = await context.secrets.text("password");
  if (!password.ok) return password;
  if (password.value === null || password.value === "") return fail({ kind: "invalid", issues: [{ path: ["password"], code: "required" }] });
  return context.directory.open({ domain, username, password: password.value, signal: context.signal, onTrying, onRung });
}

/** Lists the servers of the chosen version and counts the others by version. */
export async function listServers(session: DirectorySession, configuration: ExchangeConfiguration, context: ProviderContext): Promise<Result<ServerListing>> {
  const found = await searchServers(session, context);
  if (!found.ok) return found;
  const read = found.value.entries.map((entry) => readServer(entry, configuration.domain));
  const named = read.filter((object) => object !== null);
  const objects = distinct(named.filter(({ edge }) => !edge));
  const servers = objects.filter(({ variant }) => variant === configuration.variant).map(({ server }) => server);
  return succeed({
    servers: servers.toSorted((a, b) => byName.compare(a.name, b.name)),
    notShown: countOthers(objects.filter(({ variant }) => variant !== configuration.variant)),
    complete: named.length < read.length ? "unreadable-entries" : found.value.complete,
    source: session.host,
    at: context.clock.now(),
  });
}

async function searchServers(session: DirectorySession, context: ProviderContext): Promise<Result<Gathered>> {
  const configuration = session.rootDse["configurationnamingcontext"]?.[0];
  if (configuration === undefined) return fail({ kind: "unsupported", why: "no-configuration-partition", detail: session.host });
  const services = `CN=Services,${configuration}`;
  const base = `CN=Microsoft Exchange,${services}`;
  context.progress(progress("searching-servers", { detail: session.host, done: 0 }));
  const found = await gather(session.search({ base, filter: "(objectCategory=msExchExchangeServer)", attributes: serverAttributes }), (done) =>
    context.progress(progress("searching-servers", { detail: session.host, done })),
  );
  if (!found.ok) return found.fault.kind === "not-found" ? fail(await explainMissing(session, services)) : found;
  if (found.value.entries.length === 0 && found.value.complete === true) return fail(await explainEmpty(session, base));
  return found;
}

/**
 * A directory hides what an account may not see instead of refusing it. Whoever sees the container around Exchange's
 * own would see that one too, for setup lets every account read it; whoever does not lacks the right to read.
 */
async function explainMissing(session: DirectorySession, services: string): Promise<Fault> {
  const around = await gather(session.search({ base: services, filter: "(cn=Services)", attributes: ["cn"] }));
  if (around.ok && around.value.entries.length > 0) return { kind: "not-found", what: "exchange-organisation" };
  if (!around.ok && around.fault.kind !== "not-found" && around.fault.kind !== "forbidden") return around.fault;
  return { kind: "forbidden", needs: ["read-configuration"] };
}

/** An organisation with a container for servers has servers, so that seeing none means not being allowed to. */
async function explainEmpty(session: DirectorySession, base: string): Promise<Fault> {
  const containers = await gather(session.search({ base, filter: "(objectClass=msExchServersContainer)", attributes: ["cn"] }));
  if (!containers.ok) return containers.fault;
  if (containers.value.entries.length > 0) return { kind: "forbidden", needs: ["read-exchange-servers"] };
  return { kind: "not-found", what: "exchange-organisation" };
}

/** One object for each name: a conflict object stands only where the real one is gone. */
function distinct(objects: readonly ServerObject[]): readonly ServerObject[] {
  const real = objects.filter(({ conflict }) => !conflict);
  const conflicts = objects.filter(({ conflict }) => conflict);
  return [...new Map([...conflicts, ...real].map((object) => [object.server.name, object])).values()];
}

/** Counts in the drop-down's order, releases it does not name last. */
function countOthers(objects: readonly ServerObject[]): ServerListing["notShown"] {
  const counts = new Map<string | null, number>();
  for (const { server } of objects) counts.set(server.version, (counts.get(server.version) ?? 0) + 1);
  const order: readonly (string | null)[] = variants;
  const rank = (version: string | null) => (order.includes(version) ? order.indexOf(version) : order.length);
  return [...counts]
    .map(([version, count]) => ({ version, count }))
    .toSorted((a, b) => rank(a.version) - rank(b.version) || byName.compare(a.version ?? "", b.version ?? ""));
}
