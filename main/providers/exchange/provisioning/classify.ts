/** What the failure of a mail cmdlet means for the action, by the class of the server's exception and never by its words. */
import type { Fault, ObjectRefusal } from "../../../../shared/fault.ts";
import type { RemoteError } from "../remoting/answers.ts";
import { detailOf, traceOf } from "../remoting/trace.ts";

/**
 * `unsent`: the session was over before; nothing went out. `look`: the class has several causes, among them that it is so already, which
 * the object itself tells apart; `otherwise` is what it means where it is not.
 */
export type CmdletFailure =
  | { readonly state: "not-reached" | "unanswered" | "not-seen" | "refused"; readonly fault: Fault }
  | { readonly state: "unsent"; readonly fault: Fault }
  | { readonly state: "look"; readonly otherwise: { readonly state: "not-seen" | "refused"; readonly fault: Fault } };

/** Exception classes with one meaning. The ids' codes (`5A8F`) are hashes of places in Exchange's code and change with its builds. */
const REFUSALS: Readonly<Record<string, ObjectRefusal>> = {
  ProxyAddressExistsException: "address-taken",
  PropertyValueExistsException: "alias-taken",
  ADObjectAlreadyExistsException: "name-taken",
  DataValidationException: "value-not-allowed",
  PropertyValidationException: "value-not-allowed",
  InvalidSmtpAddressException: "value-not-allowed",
  ParameterBindingArgumentTransformationException: "value-not-allowed",
  ParameterBindingValidationException: "value-not-allowed",
  CannotEnableRoleGroupException: "refused",
};

/** The server had no controller to work with: it did not begin, and a server of another site may have one. */
const NO_CONTROLLER: ReadonlySet<string> = new Set(["SuitabilityDirectoryException", "NoSuitableServerFoundException", "ADServerNotSuitableException", "ADTopologyEndpointNotFoundException", "DomainControllerNotFoundException"]);

/** Lost at an unknown moment: the object has to be looked at. Exchange saves with one change, but a time-out does not say whether it came through. */
const UNKNOWN_END: ReadonlySet<string> = new Set(["ADTransientException", "ADOperationTimedOutException", "PipelineStoppedException", "OperationStoppedException", "RemotingTransportException"]);

/** What an endpoint says that shapes its commands by role: a command, or a parameter of one, that the account may not use is not there. */
const NOT_OFFERED: ReadonlySet<string> = new Set(["CommandNotFoundException", "CmdletAccessDeniedException"]);

/**
 * Classes that several causes share. Enable-DistributionGroup says InvalidOperationException of a group that is mail-enabled and of one
 * that is not universal; the others say RecipientTaskException (InvalidArgument, "This task does not support recipients of this type") of
 * a recipient that has its mail part, and of more besides (github.com/MicrosoftDocs/OfficeDocs-Exchange, issue 980).
 */
const SEVERAL: ReadonlySet<string> = new Set(["RecipientTaskException", "InvalidOperationException", "TaskInvalidOperationException"]);

const NOT_FOUND: ReadonlySet<string> = new Set(["ManagementObjectNotFoundException", "ADNoSuchObjectException"]);

/** Classifies what came of `command` at a server. A Disable- cmdlet does not find what has no mail part, as it does not find what is not there. */
export function cmdletFailure(facts: { readonly server: string; readonly command: string }, error: RemoteError, sessionState: string, secrets: readonly string[]): CmdletFailure {
  const { server, command } = facts;
  const detail = detailOf(error, secrets);
  const name = classOf(error);
  const refused = (why: ObjectRefusal, more = detail) => ({ state: "refused", fault: { kind: "object-refused", why, host: server, detail: more } }) as const;
  const lost: Fault = { kind: "unreachable", rung: "sign-in", reason: "closed-without-answer", host: server, detail };
  if (name === "InvalidRunspaceStateException") return { state: "unsent", fault: lost };
  if (error.transport || UNKNOWN_END.has(name) || (error.code !== null && sessionState !== "Opened")) return { state: "unanswered", fault: lost };
  if (isThrottling(name) || isThrottling(traceOf(error).failure ?? "")) return { state: "not-reached", fault: { kind: "throttled", until: null, detail } };
  if (NO_CONTROLLER.has(name)) return { state: "not-reached", fault: { kind: "unreachable", rung: "directory-search", reason: "no-logon-server", host: server, detail } };
  if (NOT_OFFERED.has(name) || error.id.startsWith("NamedParameterNotFound")) return refused("command-missing", `${command}: Recipient Management\n${detail}`);
  if (NOT_FOUND.has(name)) {
    const unseen = { state: "not-seen", fault: { kind: "object-refused", why: "object-missing", host: server, detail } } as const;
    return command.startsWith("Disable-") ? { state: "look", otherwise: unseen } : unseen;
  }
  if (SEVERAL.has(name)) return { state: "look", otherwise: refused("refused") };
  return refused(REFUSALS[name] ?? "refused");
}

/** The class without its namespace: PowerShell shortens long ones in `CategoryInfo.Reason` to `ParameterBindin...mationException`. */
function classOf({ reason, type }: RemoteError): string {
  const whole = type.slice(type.lastIndexOf(".") + 1);
  return reason === "" || reason.includes("...") || whole === reason || !reason.endsWith("Exception") ? whole : reason;
}

function isThrottling(name: string): boolean {
  return /OverBudget|Throttl|ServerBusy|MicroDelay/.test(name);
}
