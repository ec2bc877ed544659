/** What Exchange's cmdlets say, row by row, in classes and ids as they are seen in the field; never in a language. */
import { expect, it } from "vitest";
import { cmdletFailure } from "../../../../../../main/providers/exchange/provisioning/classify.ts";
import { cmdletError, transportError } from "../remote.ts";

const enable = { server: "exb.contoso.lab", command: "Enable-DistributionGroup" };
const disable = { server: "exb.contoso.lab", command: "Disable-DistributionGroup" };
const classify = (error: ReturnType<typeof cmdletError> | ReturnType<typeof transportError>, facts = enable, sessionState = "Opened") => cmdletFailure(facts, error, sessionState, []);

it.each([
  ["ManagementObjectNotFoundException", { state: "not-seen" }],
  ["ADNoSuchObjectException", { state: "not-seen" }],
  ["ProxyAddressExistsException", { state: "refused", fault: { why: "address-taken" } }],
  ["PropertyValueExistsException", { state: "refused", fault: { why: "alias-taken" } }],
  ["ADObjectAlreadyExistsException", { state: "refused", fault: { why: "name-taken" } }],
  ["DataValidationException", { state: "refused", fault: { why: "value-not-allowed" } }],
  ["ParameterBindingValidationException", { state: "refused", fault: { why: "value-not-allowed" } }],
  ["RecipientTaskException", { state: "look", otherwise: { state: "refused", fault: { why: "refused" } } }],
  ["InvalidOperationException", { state: "look", otherwise: { state: "refused", fault: { why: "refused" } } }],
  ["CannotEnableRoleGroupException", { state: "refused", fault: { why: "refused" } }],
  ["CommandNotFoundException", { state: "refused", fault: { why: "command-missing", detail: expect.stringContaining("Recipient Management") } }],
  ["CmdletAccessDeniedException", { state: "refused", fault: { why: "command-missing" } }],
  ["OverBudgetException", { state: "not-reached", fault: { kind: "throttled" } }],
  ["ThrottlingRejectedOperationException", { state: "not-reached", fault: { kind: "throttled" } }],
  ["ServerBusyException", { state: "not-reached", fault: { kind: "throttled" } }],
  ["SuitabilityDirectoryException", { state: "not-reached", fault: { kind: "unreachable", host: "exb.contoso.lab" } }],
  ["NoSuitableServerFoundException", { state: "not-reached", fault: { kind: "unreachable" } }],
  ["ADTransientException", { state: "unanswered", fault: { kind: "unreachable" } }],
  ["ADOperationException", { state: "refused", fault: { why: "refused", detail: expect.stringContaining("ADOperationException") } }],
  ["SomethingNobodyKnowsException", { state: "refused", fault: { kind: "object-refused", why: "refused", host: "exb.contoso.lab", detail: expect.stringContaining("SomethingNobodyKnowsException") } }],
] as const)("%s", (reason, expected) => {
  expect(classify(cmdletError(reason))).toMatchObject(expected);
});

it("does not know what came of a command whose connection broke", () => {
  expect(classify(transportError(-2144108250, "WinRMOperationTimeout"), enable, "Broken")).toMatchObject({ state: "unanswered", fault: { kind: "unreachable" } });
  expect(classify({ ...cmdletError("PSRemotingDataStructureException"), transport: true }, enable, "Broken")).toMatchObject({ state: "unanswered" });
});

it("knows that nothing went out where the session was over before", () => {
  const over = cmdletError("InvalidRunspaceStateException", { type: "System.Management.Automation.Runspaces.InvalidRunspaceStateException", id: "InvalidRunspaceStateException" });
  expect(classify(over, enable, "Broken")).toMatchObject({ state: "unsent" });
});

it("leaves it to the object whether a Disable- cmdlet finds nothing because there is no mail part", () => {
  expect(classify(cmdletError("ManagementObjectNotFoundException"), disable)).toMatchObject({ state: "look", otherwise: { state: "not-seen" } });
});

it("reads classes that PowerShell shortened, and parameters that a role hides", () => {
  const shortened = cmdletError("ParameterBindin...mationException", { type: "System.Management.Automation.ParameterBindingArgumentTransformationException", id: "ParameterArgumentTransformationError,Enable-MailUser" });
  expect(classify(shortened)).toMatchObject({ state: "refused", fault: { why: "value-not-allowed" } });
  const hidden = cmdletError("ParameterBindingException", { type: "System.Management.Automation.ParameterBindingException", id: "NamedParameterNotFound,Enable-MailUser" });
  expect(classify(hidden)).toMatchObject({ state: "refused", fault: { why: "command-missing" } });
});

it("decides nothing by words", () => {
  const words = "The operation couldn't be performed because the object is already mail-enabled; couldn't be found; Access is denied; The user name or password is incorrect.";
  for (const reason of ["ProxyAddressExistsException", "ManagementObjectNotFoundException", "Unknown"]) {
    expect(classify(cmdletError(reason, { message: words })).state).toBe(classify(cmdletError(reason)).state);
  }
});
