/** The objects of a directory that answers as it is told, and one that does not answer any more. */
import type net from "node:net";
import { afterEach, expect, test } from "vitest";
import { controllerName } from "../../../../main/directory/controllers.ts";
import { openObjects } from "../../../../main/directory/objects.ts";
import type { DirectoryObjects } from "../../../../main/directory/types.ts";
import type { NameResolver } from "../../../../main/ports.ts";
import { success } from "../../../../main/practice/directory/answers.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import type { ActiveDirectoryConnection } from "../../../../shared/model/identity-store.ts";
import type { MailRequest } from "../../../../shared/model/mail-object.ts";
import { countingClock } from "../../../lab/counting-clock.ts";
import { domainController, littleDirectory } from "../../../lab/ldap-answers.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { tcpServer, type TestServer } from "../network/support.ts";

const request: MailRequest = { action: "create", type: "mail-contact", name: "Sales", container: "OU=Groups,DC=contoso,DC=lab", identity: null, alias: "sales", address: null, externalAddress: null, accountName: null };
const bare = { password: null, attributes: {} };
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Opens the objects of a controller; `hears` is called with each request's kind, and may end the connection. */
async function opened(hears: (kind: string, socket: net.Socket) => void, signal = new AbortController().signal): Promise<{ readonly objects: DirectoryObjects; readonly heard: string[]; readonly asked: string[]; readonly clock: ReturnType<typeof countingClock> }> {
  const heard: string[] = [];
  const asked: string[] = [];
  const server = await tcpServer((socket) => {
    const kinds: string[] = [];
    kinds.push = (kind: string) => {
      heard.push(kind);
      hears(kind, socket);
      return heard.length;
    };
    littleDirectory({ entries: [{ ...domainController, defaultNamingContext: "DC=contoso,DC=lab" }], bind: success, heard: kinds })(socket);
  });
  servers.push(server);
  const resolver: NameResolver = {
    authorities: [],
    service: () => Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason: "name-not-found" })),
    connectTo: (host, port) => {
      asked.push(`${host}:${port}`);
      return Promise.resolve(succeed([{ address: "127.0.0.1", port: server.port }]));
    },
  };
  const connection: ActiveDirectoryConnection = { kind: "active-directory", domain: "contoso.lab", domainControllers: ["dc1"], dnsServer: null, username: "", security: "none", trust: { mode: "system" } };
  const clock = countingClock();
  const objects = await openObjects(connection, { username: "svc", password: "secret", controller: "dc2.contoso.lab:3890", signal }, { resolver, clock, logger: silentLogger });
  if (!objects.ok) throw new Error(JSON.stringify(objects.fault));
  return { objects: objects.value, heard, asked, clock };
}

test("goes to the one controller that is named, and to no other", async () => {
  const { objects, asked } = await opened(() => undefined);
  expect(asked).toEqual(["dc2.contoso.lab:3890"]);
  expect(objects.controller).toBe("dc2.contoso.lab:3890");
  await objects.close();
});

test("a connection that is lost after the request was sent leaves it open what was done", async () => {
  const { objects, heard } = await opened((kind, socket) => void (kind === "add" && socket.destroy()));
  expect(await objects.create(request, bare)).toMatchObject({ ok: false, fault: { kind: "unreachable", reason: "connection-reset" } });
  expect(heard.filter((kind) => kind === "add")).toHaveLength(1);
  // The session is over, and says so: nothing is tried again behind anybody's back.
  expect(await objects.locate(request)).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
  await objects.close();
});

test("whoever calls it off does not know what was done", async () => {
  const stop = new AbortController();
  const { objects, clock } = await opened((kind) => void (kind === "add" && stop.abort()), stop.signal);
  expect(await objects.create(request, bare)).toEqual({ ok: false, fault: { kind: "cancelled" } });
  expect(clock.waiting()).toBe(0);
  await objects.close();
});

test.each([
  ["a password in the clear", { ...request, type: "mailbox", accountName: "sales" }, { password: "First-Password-1", attributes: {} }, { kind: "object-refused", why: "password-needs-encryption" }],
  ["a name that cannot be one", { ...request, name: "a\nb" }, bare, { kind: "invalid", issues: [{ path: ["name"], code: "control-character" }] }],
  ["an account that cannot be one", { ...request, type: "security-group", accountName: "a/b" }, bare, { kind: "invalid", issues: [{ path: ["accountName"], code: "account-name-character" }] }],
] as const)("%s is not sent at all", async (_what, wanted, details, fault) => {
  const { objects, heard } = await opened(() => undefined);
  expect(await objects.create(wanted, details)).toMatchObject({ ok: false, fault });
  expect(heard).not.toContain("add");
  await objects.close();
});

test.each([
  [["dc1"], "dc1.contoso.lab", "dc1.contoso.lab"],
  [["dc1:3890"], "dc1.contoso.lab", "dc1.contoso.lab:3890"],
  [["dc2", "dc1.contoso.lab:636"], "dc1.contoso.lab", "dc1.contoso.lab"],
  [[], "dc1.contoso.lab", "dc1.contoso.lab"],
])("a controller of %j that answered as %s is found again as %s", (domainControllers, host, name) => {
  expect(controllerName({ kind: "active-directory", domain: "contoso.lab", domainControllers, dnsServer: null, username: "", security: "ldaps", trust: { mode: "system" } }, host)).toBe(name);
});
