/** What WSMan and Exchange say of a session that they do not open, row by row. */
import { describe, expect, it } from "vitest";
import { sessionFailure } from "../../../../../../main/providers/exchange/remoting/open-failure.ts";
import { explain } from "../../../../../../renderer/text/fault.ts";
import { PASSWORD, SILENT, transportError } from "../remote.ts";

const HOST = "exb.contoso.lab";
const classify = (error: ReturnType<typeof transportError>) => sessionFailure(HOST, { session: null, error }, [PASSWORD]);
const mark = (failure: string) => `[ClientAccessServer=EXB,BackEndServer=exb.contoso.lab,RequestId=r1,TimeStamp=1] [AuthZRequestId=r2][FailureCategory=${failure}] Text`;

describe("a session that was not opened", () => {
  it.each([
    ["wrong password", transportError(1326, "LogonFailure"), { kind: "sign-in", reason: "wrong-credentials" }],
    ["wrong password as an HRESULT", transportError(-2147023570, "-2147023570"), { kind: "sign-in", reason: "wrong-credentials" }],
    ["wrong password over Kerberos", transportError(-2144108387, "-2144108387", "Fehler 0x8009030c bei Kerberos"), { kind: "sign-in", reason: "wrong-credentials" }],
    ["access denied", transportError(5, "AccessDenied"), { kind: "sign-in", reason: "refused" }],
    ["access denied without its code", transportError(0, "AccessDenied"), { kind: "sign-in", reason: "refused" }],
    ["account disabled", transportError(1331, "1331"), { kind: "sign-in", reason: "account-disabled" }],
    ["account locked", transportError(1909, "1909"), { kind: "sign-in", reason: "account-locked" }],
    ["password expired", transportError(1330, "1330"), { kind: "sign-in", reason: "password-expired" }],
    ["no role at all", transportError(-2141974624, "IncorrectProtocolVersion", mark("AuthZ-CmdletAccessDeniedException")), { kind: "forbidden", needs: ["recipient-management"] }],
  ])("%s stops everywhere", (_name, error, fault) => {
    expect(classify(error)).toMatchObject({ state: "refused", fault });
  });

  it.each([
    // One server's own, and no further try is a failed sign-in.
    ["clocks apart", transportError(-2144108387, "-2144108387", "0x80090324"), { kind: "sign-in", reason: "clock-skew" }],
    ["18 shells", transportError(-2144108123, "-2144108123"), { kind: "throttled" }],
    ["18 shells, unsigned", transportError(2150859173, "2150859173"), { kind: "throttled" }],
    ["Exchange's own limit", transportError(-2141974624, "IncorrectProtocolVersion", mark("AuthZ-AuthorizationException")), { kind: "throttled" }],
    ["over budget", transportError(-2141974624, "IncorrectProtocolVersion", mark("AuthZ-OverBudgetException")), { kind: "throttled" }],
    ["a front end that hands its own trouble on", transportError(5, "AccessDenied", mark("AuthZ-TypeInitializationException")), { kind: "unreachable", rung: "sign-in", reason: "connection-failed" }],
    ["no such name", transportError(-2144108103, "ComputerNotFound"), { kind: "unreachable", rung: "dns", reason: "name-not-found" }],
    ["nothing listens", transportError(-2144108526, "CannotConnect"), { kind: "unreachable", reason: "connection-failed" }],
    ["time-out", transportError(-2144108250, "WinRMOperationTimeout"), { kind: "unreachable", rung: "tcp", reason: "timed-out" }],
    ["no path", transportError(53, "NetworkPathNotFound"), { kind: "unreachable", reason: "host-unreachable" }],
    ["no ticket for the name", transportError(-2144108387, "-2144108387", "0x80090322"), { kind: "unreachable", rung: "sign-in", reason: "connection-failed" }],
    ["no controller", transportError(1311, "AuthenticationFailed"), { kind: "unreachable", reason: "no-logon-server" }],
    ["certificate", transportError(12175, "12175"), { kind: "unreachable", rung: "tls", reason: "certificate-refused" }],
    ["certificate of another name", transportError(12038, "12038"), { kind: "unreachable", rung: "tls", reason: "name-mismatch" }],
    ["no such page", transportError(-2144108269, "URLNotAvailable"), { kind: "unreachable", reason: "page-not-found" }],
    ["another server than was chosen", transportError(-2144108135, "-2144108135"), { kind: "unreachable", reason: "redirected" }],
    ["whatever else", transportError(-2144108477, "-2144108477"), { kind: "unreachable", reason: "connection-failed" }],
  ])("%s leads to the next server", (_name, error, fault) => {
    const failure = classify(error);
    expect(failure).toMatchObject({ state: "not-reached", fault });
    const { sentence, nextStep } = explain(failure.fault);
    expect([sentence, nextStep].every((text) => /^[A-Za-z0-9].*[.:?]$/s.test(text))).toBe(true);
  });

  it("keeps the account's password out of the details, where a far side repeats it", () => {
    expect(JSON.stringify(classify(transportError(1326, "LogonFailure", `${PASSWORD} is wrong`)))).not.toContain(PASSWORD);
  });

  it("stops where PowerShell itself does not begin, and goes on where it ended or took too long", () => {
    const here = (why: string) => sessionFailure(HOST, { session: null, error: null, fault: { kind: "unsupported", why } }, []).state;
    expect([here("powershell-missing"), here("powershell-override"), here("powershell-script")]).toEqual(["refused", "refused", "refused"]);
    expect(sessionFailure(HOST, { session: null, error: null, fault: SILENT.fault }, []).state).toBe("not-reached");
    expect(sessionFailure(HOST, { session: null, error: null, fault: { kind: "timeout", phase: "powershell", afterMs: 1 } }, []).state).toBe("not-reached");
    const local = { ...transportError(0, "ArgumentException"), transport: false, code: null };
    expect(sessionFailure(HOST, { session: null, error: local }, [])).toMatchObject({ state: "refused", fault: { why: "remoting-failed" } });
  });
});
