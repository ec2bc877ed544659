/** Climbing to a team's database, to say how far one comes and what is there. Nothing is written. */
import net from "node:net";
import type { Client } from "pg";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { Trust } from "../../../shared/model/identity-store.ts";
import type { TeamFound } from "../../../shared/model/team.ts";
import { climb, firstFailure } from "../../network/climb.ts";
import { dial } from "../../network/dial.ts";
import { limit, type Limit } from "../../network/limit.ts";
import { createSystemResolver } from "../../network/system-resolver.ts";
import { secure } from "../../network/tls-client.ts";
import { socketFault } from "../../network/tls-verdict.ts";
import type { Clock } from "../../ports.ts";
import { numberOf, textOf } from "../columns.ts";
import { get, takeStepsInTime, type Steps } from "../steps.ts";
import type { ClimbOptions, TeamSettings } from "../team/types.ts";
import { readContent } from "./content.ts";
import { openFault } from "./errors.ts";
import { rolesOf } from "./names.ts";
import { addressOf, askOn, configurationFor, type TeamAddress } from "./session.ts";
import { readStanding, type Standing } from "./standing.ts";
import { GuardedClient } from "./wire.ts";

/** For name and connection together. */
const CONNECT_MS = 8000;
const HANDSHAKE_MS = 8000;
/** For signing in and everything that is asked then. */
const ASK_MS = 20_000;
/** The oldest release that is known to do; as `server_version_num` has it. */
const OLDEST_VERSION = 140_000;

/** Asks for TLS: a length of eight bytes, and a number that is no version (https://www.postgresql.org/docs/current/protocol-message-formats.html, SSLRequest). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const YES = "S";
const NO = "N";

/** What answers here: PostgreSQL says one letter, and nothing else before TLS begins (CVE-2021-23222). */
function readAnswer(answer: Buffer, host: string): Fault | null {
  const said = answer.toString("latin1");
  if (said === YES) return null;
  const reason = said === NO ? "not-tls" : said.startsWith("HTTP/") ? "speaks-http" : "speaks-other";
  return { kind: "unreachable", rung: "tls", reason, host };
}

/** Asks whether the server speaks TLS; null where it does. */
function askForTls(socket: net.Socket, host: string, bound: Limit): Promise<Fault | null> {
  return new Promise((resolve) => {
    const end = (fault: Fault | null) => {
      bound.signal.removeEventListener("abort", stop);
      socket.off("data", hear).off("close", close);
      resolve(fault);
    };
    const stop = () => end(bound.fault("tls", host));
    const hear = (answer: Buffer) => {
      socket.pause();
      end(readAnswer(answer, host));
    };
    const close = () => end({ kind: "unreachable", rung: "tls", reason: "closed-without-answer", host });
    bound.signal.addEventListener("abort", stop, { once: true });
    socket.on("data", hear).on("close", close);
    socket.on("error", (error) => end(socketFault(error, "tls", host)));
    socket.write(SSL_REQUEST);
    if (bound.signal.aborted) stop();
  });
}

/** Shakes hands, and lets go: the console's own certificate is looked at when it signs in. Answers the protocol. */
async function shakeHands(socket: net.Socket, { host, authority }: TeamAddress, bound: Limit): Promise<Result<string | null>> {
  const refused = await askForTls(socket, host, bound);
  if (refused !== null) {
    socket.destroy();
    return fail(refused);
  }
  const trust: Trust = authority === null ? { mode: "system" } : { mode: "authority-file", name: "", pem: authority };
  const { result } = await secure({ socket, host, trust, authorities: [] }, bound);
  if (!result.ok) return result;
  const protocol = result.value.getProtocol();
  result.value.destroy();
  return succeed(protocol);
}

/** A connection that was let in; `refusal` is what the server said after that, of the database. */
interface Entered {
  readonly client: Client;
  readonly refusal: Fault | null;
}

async function signIn(address: TeamAddress, bound: Limit): Promise<Result<Entered>> {
  if (bound.signal.aborted) return fail(bound.fault("sign-in", address.host));
  const socket = new net.Socket();
  const give = (fault: Fault) => {
    socket.destroy();
    return fail(bound.signal.aborted ? bound.fault("sign-in", address.host) : fault);
  };
  bound.signal.addEventListener("abort", () => socket.destroy(), { once: true });
  try {
    const client = new GuardedClient({ ...configurationFor(address), stream: () => socket });
    client.on("error", () => undefined);
    const refusal = await client.connect().then(() => null, (error: unknown) => openFault(error, address));
    // Who is asked for first is whoever signs in, and only then the database.
    const isLate = refusal?.kind === "not-found" || refusal?.kind === "not-stored";
    return refusal === null || isLate ? succeed({ client, refusal }) : give(refusal);
  } catch (error) {
    return give(openFault(error, address));
  }
}

const MAY_SET_UP = `
SELECT CASE WHEN has_database_privilege(current_database(), 'CREATE') AND (
    (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user)
    OR (SELECT count(*) = 3 FROM pg_roles r WHERE r.rolname IN (?, ?, ?) AND pg_has_role(r.oid, 'MEMBER')))
  THEN 1 ELSE 0 END AS may`;

function* readFound(database: string): Steps<Standing & Pick<TeamFound, "content" | "maySetUp">> {
  const standing = yield* readStanding();
  const { reader, operator, administrator } = rolesOf(database);
  const may = numberOf((yield* get(MAY_SET_UP, reader, operator, administrator)) ?? {}, "may") === 1;
  return { ...standing, content: yield* readContent(standing.role), maySetUp: may };
}

function* readVersion(): Steps<{ readonly version: string; readonly number: number }> {
  const row = (yield* get("SELECT current_setting('server_version') AS version, current_setting('server_version_num')::bigint AS number")) ?? {};
  return { version: textOf(row, "version"), number: numberOf(row, "number") };
}

/**
 * Climbs dns, tcp, tls, sign-in, database-rights, database-version. Fails with the fault of the rung that failed: `unreachable`,
 * `sign-in`, `not-found: database`, `not-stored: no-rights` where there is a team that the account has no role in, `unsupported:
 * database-too-old`, `cancelled`.
 */
export async function climbToTeam(settings: TeamSettings, { signal, onRung, clock }: ClimbOptions & { readonly clock: Clock }): Promise<Result<TeamFound>> {
  const address = addressOf(settings);
  const { host, port, database } = address;
  const ladder = climb(clock, onRung);
  const dialled = await dial({ host, port, tls: null, resolver: createSystemResolver({ clock }), dnsServer: null, clock, signal, timeoutMs: CONNECT_MS, onRung: ladder.record });
  const handshake = limit(signal, clock, HANDSHAKE_MS);
  await ladder.step(
    "tls",
    async () => (dialled.socket === null ? fail(firstFailure(dialled.rungs) ?? { kind: "cancelled" }) : shakeHands(dialled.socket, address, handshake)),
    (protocol) => protocol,
  );
  handshake.dispose();

  const bound = limit(signal, clock, ASK_MS);
  let client: Client | null = null;
  const ask = async <T>(rung: "database-rights" | "database-version", steps: Steps<T>): Promise<Result<T>> => {
    try {
      if (client === null) throw new Error("nobody has signed in");
      return succeed(await takeStepsInTime(steps, askOn(client)));
    } catch (error) {
      return fail(bound.signal.aborted ? bound.fault(rung, host) : openFault(error, address));
    }
  };
  try {
    const entered = await ladder.step("sign-in", () => signIn(address, bound), () => address.user);
    if (entered.ok) ({ client } = entered.value);
    const found = await ladder.step("database-rights", async () => {
      if (entered.ok && entered.value.refusal !== null) return fail(entered.value.refusal);
      const read = await ask("database-rights", readFound(database));
      const isOutside = read.ok && read.value.role === "none" && read.value.content === "team";
      return isOutside ? fail({ kind: "not-stored", why: "no-rights" }) : read;
    });
    const server = await ladder.step(
      "database-version",
      async () => {
        const read = await ask("database-version", readVersion());
        return read.ok && read.value.number < OLDEST_VERSION ? fail({ kind: "unsupported", why: "database-too-old", detail: read.value.version }) : read;
      },
      ({ version }) => version,
    );
    if (!found.ok) return found;
    if (!server.ok) return server;
    const { content, role, maySetUp } = found.value;
    return succeed({ content, role, maySetUp, version: server.value.version });
  } finally {
    await letGo(client);
    bound.dispose();
  }
}

/** Says goodbye. A connection that is gone already says so again, which is of no use here. */
async function letGo(client: Client | null): Promise<void> {
  await client?.end().catch(() => undefined);
}
