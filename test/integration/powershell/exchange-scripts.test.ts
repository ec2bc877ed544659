/** The scripts of Exchange's provider in real PowerShell, over real remoting, against an endpoint without a language. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openServerSession, type ServerSession } from "../../../main/providers/exchange/remoting/server-session.ts";
import { powershellHere, powershellWords } from "../../lab/dotnet.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { noLanguageEndpoint, type NoLanguageEndpoint } from "../../lab/no-language.ts";

const PASSWORD = "S3cret`$(value)'\"";
const account = { username: "CONTOSO\\svc", password: PASSWORD, authentication: "kerberos" } as const;
const idle = new AbortController().signal;
const isHere = powershellHere !== null && process.platform !== "win32";
const location = powershellHere ?? { executable: "pwsh", edition: "Core" as const };

describe.skipIf(!isHere)(`Exchange's scripts (${powershellWords}; a stand-in for ssh starts on POSIX systems only)`, () => {
  const logger = recordingLogger();
  let endpoint: NoLanguageEndpoint;
  let session: ServerSession | null = null;
  const open = async (server = "exb.contoso.lab") => openServerSession({ shells: endpoint.shells, server, account, logger }, idle);
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

  test("tell which commands the endpoint offers", async () => {
    expect(await session?.offered(["Enable-DistributionGroup", "Enable-Mailbox", "Disable-DistributionGroup"], idle)).toEqual({ answered: true, answer: { ok: true, offered: ["Enable-DistributionGroup", "Disable-DistributionGroup"] } });
    expect(await session?.offered(["Enable-Mailbox"], idle)).toEqual({ answered: true, answer: { ok: true, offered: [] } });
  });

  test("tell of a session that was not opened, and of a server that died in the middle", async () => {
    expect(await open("refuses.contoso.lab")).toMatchObject({ session: null, error: { transport: true } });
    const other = await open("exa.contoso.lab");
    expect(await other.session?.invoke("Enable-DistributionGroup", { Identity: "x", Alias: "die" }, [], idle)).toMatchObject({ answer: { ok: false, sessionState: "Broken", error: { transport: true } } });
    expect(await other.session?.invoke("Enable-DistributionGroup", { Identity: "x", Alias: "next" }, [], idle)).toMatchObject({ answer: { ok: false, error: { type: "System.Management.Automation.Runspaces.InvalidRunspaceStateException" } } });
    expect(endpoint.reached().at(-1)).toMatchObject({ Alias: "die" });
    await other.session?.close();
  });
});
