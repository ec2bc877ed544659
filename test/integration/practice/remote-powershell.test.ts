/** Remote PowerShell of the practice organisation: who may ask, what the shell that comes along does, and what shows in the directory. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { remoteShells } from "../../../main/powershell/index.ts";
import { invocationLine } from "../../../main/powershell/command-line.ts";
import { PRACTICE_PASSWORD } from "../../../main/practice/directory/accounts.ts";
import { ENDPOINT_VARIABLE, TOKEN_VARIABLE } from "../../../main/practice/exchange/protocol.ts";
import { serverFailures } from "../../../shared/model/mail-plan.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { ask as askPage, openPractice, signedIn, type Practice } from "./support.ts";

const scripts = path.resolve(import.meta.dirname, "../../../main/providers/exchange/scripts");
const scriptOf = (name: string) => readFileSync(path.join(scripts, `${name}.ps1`), "utf8");
const opening = (server = "exb.contoso.lab", username = "CONTOSO\\svc-mail") => ({ server, uri: `http://${server}/PowerShell/`, authentication: "Kerberos", username, openTimeoutMs: 10_000, operationTimeoutMs: 10_000, idleTimeoutMs: 60_000 });

let practice: Practice;
beforeAll(async () => {
  practice = await openPractice();
});
afterAll(() => practice.stop());

function openShell(password = PRACTICE_PASSWORD) {
  const shell = remoteShells(practice.remoting, silentLogger)?.({ MC_REMOTE_PASSWORD: password });
  if (shell === undefined) throw new Error("there is a shell");
  return { run: (name: string, argument: unknown) => shell.run({ script: scriptOf(name), argument, timeoutMs: 30_000 }), dispose: () => shell.dispose() };
}

const group = "CN=All Staff,OU=Groups,DC=contoso,DC=lab";
const enable = { command: "Enable-DistributionGroup", parameters: { Identity: `=${group}`, Alias: "=everybody", DomainController: "=dc1.contoso.lab" }, select: ["PrimarySmtpAddress"] };

test("what a cmdlet does shows in the directory, and goes with reset", async () => {
  const shell = openShell();
  expect(await shell.run("open-session", opening())).toEqual({ ok: true, value: { ok: true } });
  expect(await shell.run("invoke", enable)).toEqual({ ok: true, value: { ok: true, objects: [{ PrimarySmtpAddress: "everybody@contoso.lab" }], warnings: [] } });
  expect(await shell.run("offered-commands", { names: ["Enable-Mailbox", "Get-Process"] })).toEqual({ ok: true, value: { ok: true, offered: ["Enable-Mailbox"] } });
  const read = async () => {
    const client = await signedIn(practice);
    const { searchEntries } = await client.search(group, { scope: "base", attributes: ["mailNickname", "proxyAddresses"] });
    await client.unbind();
    return searchEntries;
  };
  expect(await read()).toMatchObject([{ mailNickname: "everybody", proxyAddresses: "SMTP:everybody@contoso.lab" }]);
  await practice.does("reset");
  expect(await read()).toMatchObject([{ mailNickname: [] }]);
  await shell.run("close-session", {});
  expect(practice.remoteSessions()).toEqual([]);
  shell.dispose();
});

test.each([
  ["svc-mail", "not it", 1326],
  ["svc-nobody", PRACTICE_PASSWORD, 1326],
  ["svc-locked", PRACTICE_PASSWORD, 1909],
  ["svc-expired", PRACTICE_PASSWORD, 1330],
  ["svc-disabled", PRACTICE_PASSWORD, 1331],
  ["svc-mustchange", PRACTICE_PASSWORD, 1907],
])("%s with %s is refused with Windows' own number", async (name, password, code) => {
  const shell = openShell(password);
  expect(await shell.run("open-session", opening("exa.contoso.lab", `${name}@contoso.lab`))).toMatchObject({ ok: true, value: { ok: false, error: { category: "OpenError", code, transport: true } } });
  shell.dispose();
});

test("a controller that refuses every sign-in refuses it for Exchange as well", async () => {
  for (const [state, code] of [["wrong-password", 1326], ["locked", 1909], ["restricted", 1327], ["no-logon-server", 1311]] as const) {
    await practice.does(state, "directory");
    const shell = openShell();
    expect(await shell.run("open-session", opening())).toMatchObject({ ok: true, value: { ok: false, error: { code } } });
    shell.dispose();
  }
  await practice.does("reset");
});

test("every failure of a server can be set, and leaves its health page as it is", async () => {
  for (const failure of serverFailures) {
    await practice.does(failure, "exb");
    expect(practice.port.components().find(({ id }) => id === "exb")?.state).toBe(failure);
    expect(await askPage(practice, "exb.contoso.lab")).toMatchObject({ status: 200, body: "200 OK<br/>EXB.contoso.lab" });
  }
  await practice.does("up", "exb");
  // Of two parts with a failure of one name, the directory has it where no server is named.
  await practice.does("wrong-password");
  expect(practice.port.components().find(({ id }) => id === "directory")?.state).toBe("wrong-password");
  await practice.does("reset");
});

test("nobody is answered who does not know the token", async () => {
  const { [ENDPOINT_VARIABLE]: address = "", [TOKEN_VARIABLE]: token = "" } = practice.remoting.environment ?? {};
  expect(new URL(address).hostname).toBe("127.0.0.1");
  const body = JSON.stringify({ op: "open", server: "exb.contoso.lab", username: "svc-mail@contoso.lab", password: PRACTICE_PASSWORD });
  const ask = async (method: string, headers: Record<string, string>, sent?: string) => (await fetch(address, { method, headers: { ...headers, connection: "close" }, ...(sent === undefined ? {} : { body: sent }) })).status;
  expect(await ask("POST", {}, body)).toBe(401);
  expect(await ask("POST", { authorization: `Bearer ${token}x` }, body)).toBe(401);
  expect(await ask("GET", { authorization: `Bearer ${token}` })).toBe(405);
  expect(await ask("POST", { authorization: `Bearer ${token}` }, "{}")).toBe(400);
  expect(practice.remoteSessions()).toEqual([]);
});

test("the shell ends with its input, and takes its session along", async () => {
  const { executable, leading = [], environment } = practice.remoting;
  const child = spawn(executable, [...leading], { env: { ...process.env, ...environment, MC_REMOTE_PASSWORD: PRACTICE_PASSWORD }, stdio: ["pipe", "pipe", "pipe"] });
  const said: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => said.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const told = '[Console]::Error.Write("end`n"); [Console]::Out.Write("end`n")';
  child.stdin.write(`Get-Date\n${told}; ${invocationLine({ script: scriptOf("open-session"), argument: opening(), mark: "framemark", known: new Set() })}; ${told}\n`);
  await expect.poll(() => said.join("")).toContain("framemark:answer:");
  expect(said.join("")).toContain("The term 'Get-Date' is not recognized");
  expect(said.join("")).not.toContain(PRACTICE_PASSWORD);
  expect(practice.remoteSessions()).toHaveLength(1);
  child.stdin.end();
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(practice.remoteSessions()).toEqual([]);
});
