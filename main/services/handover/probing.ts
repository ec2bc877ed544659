/** Carry-in probes: what a script asks of which servers, and what a result says of those that are here. */
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { OpenedProbe, ProbedServer } from "../../../shared/contract/handover.ts";
import type { Probed, ServerEntry } from "../../../shared/model/mail-server.ts";
import { PROBE_SERVERS, type ProbePayload, type ProbePlan } from "../../../shared/model/probe.ts";
import { nameKey } from "../../../shared/rules/name-key.ts";
import { takesPlace } from "../../../shared/rules/probed.ts";
import { serversInUse } from "../../../shared/rules/servers-in-use.ts";
import type { ProbeResult } from "../../handover/probe-file.ts";
import type { Probing } from "../../providers/provider.ts";
import type { StoredIdentityStore } from "../../store/types.ts";
import { findProvider } from "../forms.ts";
import type { Foundation } from "../rooms.ts";

/** Clocks differ by so many milliseconds without anybody's noticing. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

type ServerOfResult = ProbePayload["servers"][number];

/** A server of a result, and what is kept of it where it is taken. */
interface Answered {
  readonly shown: ProbedServer;
  readonly kept: { readonly storeId: string; readonly provider: string; readonly server: string; readonly probed: Probed } | null;
}

/** The servers in use of each store, or all that are listed where none is in use. */
export function probePlan({ providers }: Foundation, stores: readonly StoredIdentityStore[]): ProbePlan {
  const nothing: string[] = [];
  const tasks = stores.flatMap(({ id, document }) => {
    const { messaging, name } = document;
    const provider = messaging === null ? null : findProvider(providers, messaging.configuration.provider);
    const probing = provider?.probing ?? null;
    const listed = messaging === null || provider === null ? [] : askedServers(messaging.configuration, provider.descriptor);
    if (probing === null || listed.length === 0) nothing.push(name);
    return probing === null || provider === null ? [] : listed.map((server) => ({ storeId: id, storeName: name, provider: provider.id, server: server.name, ...probing.question }));
  });
  return { tasks: tasks.slice(0, PROBE_SERVERS), nothing, leftOut: Math.max(0, tasks.length - PROBE_SERVERS) };
}

function askedServers(configuration: Parameters<typeof serversInUse>[0], descriptor: Parameters<typeof serversInUse>[1]): readonly ServerEntry[] {
  const inUse = serversInUse(configuration, descriptor);
  return inUse.length > 0 ? inUse : (configuration?.servers ?? []).filter(({ vanished }) => !vanished);
}

/** What a result says of the servers that are here; nothing is kept yet. Fails with `unsupported: probe-from-the-future`. */
export async function readAnswers(foundation: Foundation, { application, payload }: ProbeResult): Promise<Result<{ readonly opened: OpenedProbe; readonly answered: readonly Answered[] }>> {
  const { clock } = foundation.ports;
  const moments = [payload.startedAt, ...payload.servers.map(({ at }) => at)].map((at) => Date.parse(at));
  if (moments.some((at) => at > clock.now() + CLOCKS_DIFFER_MS)) {
    return fail({ kind: "unsupported", why: "probe-from-the-future", detail: `${payload.computer}, ${payload.startedAt}` });
  }
  const here = foundation.store.identityStores.list();
  const known = await foundation.store.probes.all();
  const byId = new Map(here.map((stored) => [stored.id, stored]));
  const byName = new Map(here.map((stored) => [nameKey(stored.document.name), stored]));
  const answered: Answered[] = [];
  for (const [place, told] of payload.servers.entries()) {
    const stored = byId.get(told.storeId) ?? byName.get(nameKey(told.storeName)) ?? null;
    const before = known.find(({ storeId, server }) => storeId === stored?.id && server === told.server.toLowerCase()) ?? null;
    answered.push(await answerOf(foundation, payload, { place, told, stored, known: before?.probed ?? null }));
  }
  const { computer, fullName, system, powershell, edition, offsetMinutes, modules, exchange, unread, unasked } = payload;
  const ranAt = Date.parse(payload.startedAt);
  return succeed({ opened: { application, computer, fullName, system, powershell, edition, ranAt, offsetMinutes, modules, exchange, unread, unasked, servers: answered.map(({ shown }) => shown) }, answered });
}

interface Told {
  readonly place: number;
  readonly told: ServerOfResult;
  readonly stored: StoredIdentityStore | null;
  readonly known: Probed | null;
}

async function answerOf(foundation: Foundation, payload: ProbePayload, { place, told, stored, known }: Told): Promise<Answered> {
  const server = told.server.toLowerCase();
  const shown = { place, storeId: stored?.id ?? null, storeName: stored?.document.name ?? told.storeName, server, known: known === null ? null : { source: known.source, at: known.at } };
  const leave = (state: ProbedServer["state"]): Answered => ({ shown: { ...shown, state, probed: null }, kept: null });
  if (stored === null) return leave("unknown-store");
  const configuration = stored.document.messaging?.configuration ?? null;
  const probing = findProvider(foundation.providers, told.provider)?.probing ?? null;
  if (probing === null || configuration?.provider !== told.provider) return leave("other-provider");
  if (!configuration.servers.some(({ name }) => name === server)) return leave("unknown-server");
  const probed = await probedOf(foundation, payload, { told, stored, probing });
  if (known !== null && !takesPlace(probed, known)) return { shown: { ...shown, state: standing(probed, known), probed }, kept: null };
  return { shown: { ...shown, state: "news", probed }, kept: { storeId: stored.id, provider: told.provider, server, probed } };
}

/** Why what is here stands. */
function standing(probed: Probed, known: Probed): "same" | "older" | "not-looked" {
  if (known.at === probed.at) return "same";
  return known.at > probed.at ? "older" : "not-looked";
}

async function probedOf({ ports, reach }: Foundation, payload: ProbePayload, { told, stored, probing }: { readonly told: ServerOfResult; readonly stored: StoredIdentityStore; readonly probing: Probing }): Promise<Probed> {
  const server = told.server.toLowerCase();
  // A clock that is a little ahead has measured nothing in the future.
  const at = Math.min(Date.parse(told.at), ports.clock.now());
  const reading = { clock: ports.clock, connection: stored.document.connection, authorities: reach.authorities, at, ms: told.ms, port: told.port };
  const result = await probing.read(server, told.observed, reading);
  const installed = payload.fullName.toLowerCase() === server ? payload.exchange : null;
  return { source: payload.computer, at, result, build: installed?.build ?? null, roles: installed?.roles ?? [] };
}
