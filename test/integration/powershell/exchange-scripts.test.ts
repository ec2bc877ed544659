/** The scripts of Exchange's provider in real PowerShell, over real remoting, against an endpoint without a language. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openServerSession, startShell, type ServerSession } from "../../../main/providers/exchange/remoting/server-session.ts";
import { powershellHere, powershellWords } from "../../lab/dotnet.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { noLanguageEndpoint, type NoLanguageEndpoint } from "../../lab/no-language.ts";

const PASSWORD = "S3cret`$(value)'\"";
const account = { username: "CONTOSO\\svc", password: PASSWORD, authentication: "kerberos" } as const;
/** What PowerShell, JSON, dates and directories read as something else. */
const HOSTILE = [
  "o'brien", "o\u2019brien \u2018x\u2019 \u201Ay\u201B", "say \"hello\"", "\u201Cquoted\u201D", "$(throw 'run')", "$env:MC_REMOTE_PASSWORD", "`n`t`0", "a\nb\r\nc", "a,b;c", "# comment", "back\\slash\\", "--%", "-Alias", "@args", "| Remove-Item", "& calc", "{ 1 }", "%PATH%",
  "\u202Egnirts", "\u200Fx\u200E", "x".repeat(64), "x".repeat(65), "😀👨\u200D👩\u200D👧", "2024-01-02T03:04:05Z", "/Date(1704164645000)/", "=", "==x", " edge ", "\u00E4\u0000b", "null", "true", "0012", "<x>&amp;", "CN=a\\,b\\#c,DC=contoso,DC=lab",
];
/** Each is a call of a few milliseconds. */
const RANDOM = 10_000;
const ALPHABET = Array.from("abcXYZ019 '\"`$(){}[]#,;|&@%^~!?*<>\\/=+-_.:\n\r\t\u2018\u2019\u201C\u201D\u202E\u200D\u00E9\u0130\u3042😀");

/** The same ones at each run. */
function randomNames(count: number): readonly string[] {
  let state = 20_251_126;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  return Array.from({ length: count }, () => Array.from({ length: 1 + next(64) }, () => ALPHABET[next(ALPHABET.length)] ?? "").join(""));
}

function isCall(value: unknown): value is { readonly Identity: string; readonly Alias: string } {
  return typeof value === "object" && value !== null && "Identity" in value && "Alias" in value;
}

const idle = new AbortController().signal;
const isHere = powershellHere !== null && process.platform !== "win32";
const location = powershellHere ?? { executable: "pwsh", edition: "Core" as const };

describe.skipIf(!isHere)(`Exchange's scripts (${powershellWords}; a stand-in for ssh starts on POSIX systems only)`, () => {
  const logger = recordingLogger();
  let endpoint: NoLanguageEndpoint;
  let session: ServerSession | null = null;
  const open = async (server = "exb.contoso.lab", shell = startShell(endpoint.shells, account)) => openServerSession({ shell, server, account, logger }, idle);
  beforeAll(async () => {
    endpoint = noLanguageEndpoint(location, logger);
    ({ session } = await open());
  });
  afterAll(async () => {
    await session?.close();
    endpoint.remove();
  });
  const enable = (alias: string, identity = "CN=Sales,DC=contoso,DC=lab") => session?.invoke("Enable-DistributionGroup", { Identity: identity, Alias: alias, DomainController: "dc1" }, ["PrimarySmtpAddress", "Size"], idle);

  test("open a session in the documented form, with the password out of the environment", async () => {
    expect(endpoint.opened()).toEqual([{ configuration: "Microsoft.Exchange", uri: "http://exb.contoso.lab/PowerShell/", authentication: "Kerberos", user: "CONTOSO\\svc", password: PASSWORD, openMs: 30_000 }]);
  });

  test("run a cmdlet and bring back what was selected, as text, with its warnings", async () => {
    expect(await enable("sales")).toEqual({
      answered: true,
      answer: { ok: true, objects: [{ PrimarySmtpAddress: "sales@contoso.lab", Size: "1.5 GB (1,610,612,736 bytes)" }], warnings: ["The address policy is old."] },
    });
    expect(endpoint.reached().at(-1)).toEqual({ Identity: "CN=Sales,DC=contoso,DC=lab", Alias: "sales", DomainController: "dc1" });
  });

  test("answer errors that end a command and errors that do not, by the server's own class", async () => {
    expect(await enable("missing")).toMatchObject({ answer: { ok: false, sessionState: "Opened", error: { reason: "ManagementObjectNotFoundException", type: "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException", code: null, transport: false, id: expect.stringContaining("[FailureCategory=Cmdlet-ManagementObjectNotFoundException] 5A8F,Enable-DistributionGroup") } } });
    expect(await enable("already")).toMatchObject({ answer: { ok: false, error: { reason: "RecipientTaskException", category: "InvalidArgument" } } });
    expect(await session?.invoke("Enable-Mailbox", { Identity: "x" }, [], idle)).toMatchObject({ answer: { ok: false, error: { reason: "CommandNotFoundException", transport: false } } });
    expect(await session?.invoke("Enable-DistributionGroup", { Identity: "x", Nope: "x" }, [], idle)).toMatchObject({ answer: { ok: false, error: { id: expect.stringMatching(/^NamedParameterNotFound/) } } });
  });

  test("answer no question of a cmdlet that would ask whether it may", async () => {
    expect(await session?.invoke("Disable-DistributionGroup", { Identity: "x", Confirm: false }, ["Identity"], idle)).toMatchObject({ answer: { ok: true, objects: [{ Identity: "x" }] } });
  });

  test("hand every name over exactly as it is", async () => {
    for (const name of [...HOSTILE, ...randomNames(RANDOM)]) await enable("names", name);
    const reached = endpoint.reached().flatMap((call) => (isCall(call) && call.Alias === "names" ? [call.Identity] : []));
    expect(reached).toEqual([...HOSTILE, ...randomNames(RANDOM)]);
  }, 300_000);

  test("keep the password out of arguments, commands, history and log", async () => {
    const shell = endpoint.shells({ MC_REMOTE_PASSWORD: PASSWORD });
    const { default: script } = await import("../../../main/providers/exchange/scripts/open-session.ps1?raw");
    const argument = { server: "exb.contoso.lab", uri: "http://exb.contoso.lab/PowerShell/", authentication: "Kerberos", username: "svc", openTimeoutMs: 30_000, operationTimeoutMs: 30_000 };
    expect(await shell.run({ script, argument, timeoutMs: 60_000 })).toEqual({ ok: true, value: { ok: true } });
    const look = "param($Argument)\n[ordered]@{ line = [Environment]::CommandLine; environment = @(Get-ChildItem Env: | ForEach-Object { $_.Value }); history = @(Get-History | ForEach-Object { $_.CommandLine }); variables = @(Get-Variable -Scope Global | ForEach-Object { [string]$_.Value }) }";
    const seen = await shell.run({ script: look, argument: {}, timeoutMs: 30_000 });
    shell.dispose();
    expect(seen).toMatchObject({ ok: true, value: { line: expect.stringContaining("-NoProfile") } });
    expect(JSON.stringify([seen, logger.lines])).not.toContain(JSON.stringify(PASSWORD).slice(1, -1));
  });

  test("tell which commands the endpoint offers", async () => {
    expect(await session?.offered(["Enable-DistributionGroup", "Enable-Mailbox", "Disable-DistributionGroup"], idle)).toEqual({ answered: true, answer: { ok: true, offered: ["Enable-DistributionGroup", "Disable-DistributionGroup"] } });
    expect(await session?.offered(["Enable-Mailbox"], idle)).toEqual({ answered: true, answer: { ok: true, offered: [] } });
  });

  test("tell of a session that was not opened, and of a server that died in the middle", async () => {
    const shell = startShell(endpoint.shells, account);
    expect(await open("refuses.contoso.lab", shell)).toMatchObject({ session: null, error: { transport: true } });
    // In the same shell, with the same password.
    const other = await open("exa.contoso.lab", shell);
    expect(endpoint.opened().at(-1)).toMatchObject({ uri: "http://exa.contoso.lab/PowerShell/", user: "CONTOSO\\svc", password: PASSWORD });
    expect(await other.session?.invoke("Enable-DistributionGroup", { Identity: "x", Alias: "die" }, [], idle)).toMatchObject({ answer: { ok: false, sessionState: "Broken", error: { transport: true } } });
    expect(await other.session?.invoke("Enable-DistributionGroup", { Identity: "x", Alias: "next" }, [], idle)).toMatchObject({ answer: { ok: false, error: { type: "System.Management.Automation.Runspaces.InvalidRunspaceStateException" } } });
    expect(endpoint.reached().at(-1)).toMatchObject({ Alias: "die" });
    await other.session?.close();
  });

  test.skipIf(process.platform !== "linux")("leave no process, whatever came of a session (counted in /proc, which Linux has)", async () => {
    const own = new Set(endpoint.processes());
    const left = () => endpoint.processes().filter((pid) => !own.has(pid));
    const begin = async (server = "exa.contoso.lab") => {
      const shell = startShell(endpoint.shells, account);
      const opened = await open(server, shell);
      if (opened.session === null) shell.dispose();
      return opened.session;
    };
    const good = await begin();
    // The shell, and what stands for the server.
    expect(left().length).toBeGreaterThan(1);
    await good?.close();
    expect(await begin("refuses.contoso.lab")).toBeNull();
    await expect.poll(left).toEqual([]);

    const stop = new AbortController();
    const aborted = await begin();
    const hanging = aborted?.invoke("Enable-DistributionGroup", { Identity: "x", Alias: "hang" }, [], stop.signal);
    await expect.poll(() => endpoint.reached().at(-1)).toMatchObject({ Alias: "hang" });
    stop.abort();
    expect(await hanging).toEqual({ answered: false, fault: { kind: "cancelled" } });
    await expect.poll(left).toEqual([]);
    await aborted?.close();

    const failing = await begin();
    await failing?.invoke("Enable-DistributionGroup", { Identity: "x", Alias: "die" }, [], idle);
    await failing?.close();
    await expect.poll(left).toEqual([]);
  }, 300_000);
});
