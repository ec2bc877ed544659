/** What a tenant's cloud says of this computer's network. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as room from "../../../../main/directory/index.ts";
import { directoryWitness } from "../../../../main/services/directory-witness.ts";
import type { DirectoryRoom } from "../../../../main/services/rooms.ts";
import type { Store } from "../../../../main/store/types.ts";
import { fail, succeed, type Fault, type Result } from "../../../../shared/fault.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { documentNamed, noteBy, open, systemClock, take, temporaryFolder } from "../store/support.ts";
import { noDirectory } from "./support.ts";

const place = temporaryFolder();
const unreachable: Fault = { kind: "unreachable", rung: "dns", reason: "dns-failed" };
let store: Store;
beforeEach(async () => {
  store = await open({ folder: place.folder });
});
afterEach(async () => {
  await store.close();
  place.remove();
});

async function ask(directory: DirectoryRoom, tenant: string): Promise<Fault | null> {
  const { id } = take(await store.identityStores.create({ ...documentNamed("Fabrikam"), connection: { kind: "entra-id", cloud: "worldwide", tenant } }, noteBy("ada")));
  const resolver = { service: () => Promise.resolve(fail(unreachable)), connectTo: () => Promise.resolve(fail(unreachable)), authorities: [] };
  const reach = { of: () => succeed({ resolver, proxy: () => succeed(null), remoting: null, signal: new AbortController().signal }) };
  return directoryWitness({ store, directory, reach, ports: { clock: systemClock, logger: silentLogger } })(id, new AbortController().signal);
}

describe("the witness of a tenant", () => {
  const test = (testTenant: DirectoryRoom["testTenant"]): DirectoryRoom => ({ ...noDirectory, testTenant });
  const named: DirectoryRoom["testTenant"] = (_connection, _deps, { signal, onRung }) => {
    onRung?.({ rung: "dns", ms: 1, outcome: { state: "passed", answer: null } });
    // What the climb ends with after the name was found is the abort.
    expect(signal.aborted).toBe(true);
    return Promise.resolve<Result<null>>(fail({ kind: "cancelled" }));
  };

  it.each<[what: string, directory: DirectoryRoom, tenant: string, said: Fault | null]>([
    ["that its sign-in host is found, and asks no further", test(named), "fabrikam.com", null],
    ["why its sign-in host is not", room, "fabrikam.com", unreachable],
    ["at once that there is no such tenant to look up", room, "common", { kind: "invalid", issues: [{ path: ["connection", "tenant"], code: "tenant" }] }],
  ])("says %s", async (_what, directory, tenant, said) => {
    const answer = await ask(directory, tenant);
    expect({ answer }).toMatchObject({ answer: said });
  });

  it("does not keep quiet when the question throws", async () => {
    await expect(ask(test(() => Promise.reject(new Error("planted"))), "fabrikam.com")).rejects.toThrow("planted");
  });
});
