/** What a run asks of whom, what it keeps and what it leaves behind. */
import { expect, it } from "vitest";
import { exchange } from "../../../../../../main/providers/exchange/index.ts";
import type { ProviderContext } from "../../../../../../main/providers/provider.ts";
import type { Fault } from "../../../../../../shared/fault.ts";
import { cmdletError, configuration, contextWith, enabled, failed, fakeShells, idle, object, objectsWith, PASSWORD, request, transportError, type FakeServer } from "../remote.ts";

const EXA = "exa.contoso.lab";
const EXB = "exb.contoso.lab";
const timeout: Fault = { kind: "timeout", phase: "powershell", afterMs: 30_000 };

function begin(servers: Readonly<Record<string, FakeServer>> = {}, attributes: Parameters<typeof objectsWith>[0] = {}, changes: Partial<ProviderContext> = {}) {
  const fake = fakeShells(servers);
  const { context, logger } = contextWith(fake.shells, changes);
  const directory = objectsWith(attributes);
  const run = exchange.provisioning?.open(configuration, context, directory.objects);
  if (run === undefined) throw new Error("Exchange makes mail parts");
  return { run, fake, logger, ...directory };
}

it("mail-enables a group through its server, at the controller that made it, and says the address it got", async () => {
  const { run, fake } = begin();
  expect(fake.calls).toEqual([]);
  expect(await run.ask(EXB, request, object, idle)).toEqual({ state: "succeeded", already: false, address: "sales@contoso.lab" });
  expect(fake.calls.map(({ script, argument }) => [script, argument])).toEqual([
    ["open-session", { server: EXB, uri: `http://${EXB}/PowerShell/`, authentication: "Kerberos", username: "CONTOSO\\svc", openTimeoutMs: 30_000, operationTimeoutMs: 60_000, idleTimeoutMs: 60_000 }],
    ["invoke", { command: "Enable-DistributionGroup", parameters: { Identity: `=${object.guid ?? ""}`, DomainController: "=dc1.contoso.lab", Alias: "=sales" }, select: ["PrimarySmtpAddress"] }],
  ]);
  await run.close();
  expect(fake.calls.at(-1)?.script).toBe("close-session");
  expect(fake.left()).toBe(0);
});

it("keeps one session a server for all objects", async () => {
  const { run, fake } = begin();
  for (const server of [EXB, EXB, EXA, EXB]) await run.ask(server, request, object, idle);
  expect(fake.servers("open-session")).toEqual([EXB, EXA]);
  expect(fake.left()).toBe(2);
  await run.close();
  expect(fake.left()).toBe(0);
});

it("hands the password over in the environment alone", async () => {
  const { run, fake, logger } = begin({ [EXB]: { invoke: [failed({ ...cmdletError("DataValidationException"), message: `${PASSWORD} is none` })] } });
  const outcome = await run.ask(EXB, request, object, idle);
  expect(fake.secrets).toEqual([{ MC_REMOTE_PASSWORD: PASSWORD }]);
  expect(JSON.stringify([fake.calls, outcome, logger.lines])).not.toContain(PASSWORD);
  await run.close();
});

it("tries a wrong password once, whatever servers there are", async () => {
  const { run, fake } = begin({ [EXB]: { open: [{ ok: false, error: transportError(1326, "LogonFailure") }] } });
  const refused = await run.ask(EXB, request, object, idle);
  expect(refused).toMatchObject({ state: "refused", fault: { kind: "sign-in", reason: "wrong-credentials" } });
  expect(await run.ask(EXA, request, object, idle)).toEqual(refused);
  expect(fake.servers("open-session")).toEqual([EXB]);
  expect(fake.left()).toBe(0);
});

it("signs in one after the other, also when it is asked at once", async () => {
  const wrong = { open: [{ ok: false, error: transportError(1326, "LogonFailure") }] };
  const { run, fake } = begin({ [EXA]: wrong, [EXB]: wrong });
  await Promise.all([EXA, EXB].map((server) => run.ask(server, request, object, idle)));
  expect(fake.servers("open-session")).toEqual([EXA]);
});

it("comes back to a server that was not reached, because it may be there now", async () => {
  const { run } = begin({ [EXB]: { open: [{ ok: false, error: transportError(-2144108526, "CannotConnect") }, { ok: true }] } });
  expect(await run.ask(EXB, request, object, idle)).toMatchObject({ state: "not-reached", fault: { kind: "unreachable", host: EXB } });
  expect(await run.ask(EXB, request, object, idle)).toMatchObject({ state: "succeeded" });
  await run.close();
});

it("asks the next server in the shell that one did not let in, and ends a shell that no server let in", async () => {
  const away = { open: [{ ok: false, error: transportError(-2144108526, "CannotConnect") }] };
  const { run, fake } = begin({ [EXB]: away });
  expect(await run.ask(EXB, request, object, idle)).toMatchObject({ state: "not-reached" });
  expect(await run.ask(EXA, request, object, idle)).toMatchObject({ state: "succeeded" });
  expect([fake.secrets.length, fake.left()]).toEqual([1, 1]);
  expect(await run.ask(EXB, request, object, idle)).toMatchObject({ state: "not-reached" });
  expect([fake.secrets.length, fake.left()]).toEqual([2, 2]);
  await run.close();
  expect(fake.left()).toBe(0);
});

it("does not know what came of a command without an answer, and starts anew with the next one", async () => {
  const { run, fake } = begin({ [EXB]: { invoke: [{ fault: timeout }, { ok: true, objects: [], warnings: [] }] } });
  expect(await run.ask(EXB, request, object, idle)).toEqual({ state: "unanswered", fault: timeout });
  expect(fake.left()).toBe(0);
  expect(await run.ask(EXB, request, object, idle)).toEqual({ state: "succeeded", already: false, address: null });
  expect(fake.servers("open-session")).toEqual([EXB, EXB]);
  await run.close();
  expect(fake.left()).toBe(0);
});

it("opens a session that ended while it was idle once more, because nothing was sent", async () => {
  const over = failed({ ...cmdletError("InvalidRunspaceStateException"), type: "System.Management.Automation.Runspaces.InvalidRunspaceStateException", id: "InvalidRunspaceStateException" }, "Broken");
  const { run, fake } = begin({ [EXB]: { invoke: [over, { ok: true, objects: [], warnings: [] }] }, [EXA]: { invoke: [over] } });
  expect(await run.ask(EXB, request, object, idle)).toMatchObject({ state: "succeeded" });
  expect(fake.servers("open-session")).toEqual([EXB, EXB]);
  expect(await run.ask(EXA, request, object, idle)).toMatchObject({ state: "not-reached" });
  expect(fake.servers("open-session")).toEqual([EXB, EXB, EXA, EXA]);
  await run.close();
  expect(fake.left()).toBe(0);
});

it.each(["RecipientTaskException", "InvalidOperationException"])("looks whether %s means that it is so already", async (reason) => {
  const said = { [EXB]: { invoke: [failed(cmdletError(reason))] } };
  const one = begin(said, enabled);
  expect(await one.run.ask(EXB, request, object, idle)).toEqual({ state: "succeeded", already: true, address: "sales@contoso.lab" });
  expect(one.reads).toEqual([object]);
  const other = begin(said, {});
  expect(await other.run.ask(EXB, request, object, idle)).toMatchObject({ state: "refused", fault: { kind: "object-refused", why: "refused", host: EXB } });
});

it("takes what a Disable- cmdlet does not find for done where the object has no mail part", async () => {
  const disable = { ...request, action: "disable", identity: object.identity } as const;
  const said = { [EXB]: { invoke: [failed(cmdletError("ManagementObjectNotFoundException"))] } };
  const { run, fake } = begin(said, {});
  expect(await run.ask(EXB, disable, object, idle)).toEqual({ state: "succeeded", already: true, address: null });
  expect(fake.calls.at(-1)?.argument).toMatchObject({ command: "Disable-DistributionGroup", parameters: { Confirm: false } });
  expect(await begin(said, enabled).run.ask(EXB, disable, object, idle)).toMatchObject({ state: "not-seen" });
});

it("asks nobody without a server, without PowerShell, without a password or with a name that Windows does not take", async () => {
  const { run } = begin();
  expect(await run.ask(null, request, object, idle)).toMatchObject({ state: "refused", fault: { kind: "not-found", what: "ticked-servers" } });
  expect(await begin({}, {}, { remoting: null }).run.ask(EXB, request, object, idle)).toMatchObject({ state: "refused", fault: { kind: "unsupported", why: "remoting-missing" } });
  const none = begin({}, {}, { secrets: { isSet: () => false, text: () => Promise.resolve({ ok: true, value: null }), certificate: () => Promise.resolve({ ok: true, value: null }) } });
  expect(await none.run.ask(EXB, request, object, idle)).toMatchObject({ state: "refused", fault: { kind: "invalid" } });
  expect(none.fake.calls).toEqual([]);
  const { context } = contextWith(none.fake.shells);
  const byName = exchange.provisioning?.open({ ...configuration, username: "CN=svc,OU=Service,DC=contoso,DC=lab" }, context, objectsWith(null).objects);
  expect(await byName?.ask(EXB, request, object, idle)).toMatchObject({ state: "refused", fault: { why: "remoting-account-name" } });
  expect(none.fake.calls).toEqual([]);
});

it("logs server, request and class of a failure, and neither what was sent nor the server's words", async () => {
  const { run, logger } = begin({ [EXB]: { invoke: [failed({ ...cmdletError("ProxyAddressExistsException"), message: "SMTP:sales@contoso.lab" })] } });
  await run.ask(EXB, request, object, idle);
  const log = logger.lines.join("\n");
  for (const fact of [EXB, "7b1f", "Cmdlet-ProxyAddressExistsException"]) expect(log).toContain(fact);
  for (const value of ["sales", object.guid ?? "", "svc"]) expect(log).not.toContain(value);
  await run.close();
});
