/**
 * Errors of Exchange's remote PowerShell as they reach a client. Classes, categories and ids are those of Exchange 2013
 * and later; texts are Microsoft's. Sources stand beside each.
 */
import { createHash, randomUUID } from "node:crypto";
import type { RemoteError } from "./protocol.ts";

const TRANSPORT = "System.Management.Automation.Remoting.PSRemotingTransportException";

/** Exception classes of the cmdlets, with their namespaces. */
export const exceptionTypes = {
  notFound: "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException",
  ambiguous: "Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException",
  addressExists: "Microsoft.Exchange.Configuration.ObjectModel.ProxyAddressExistsException",
  recipientTask: "Microsoft.Exchange.Management.Tasks.RecipientTaskException",
  dataValidation: "Microsoft.Exchange.Data.DataValidationException",
  overBudget: "Microsoft.Exchange.Data.Directory.SystemConfiguration.OverBudgetException",
  invalidOperation: "System.InvalidOperationException",
  binding: "System.Management.Automation.ParameterBindingException",
  host: "System.Management.Automation.Host.HostException",
} as const;
export type ExceptionType = (typeof exceptionTypes)[keyof typeof exceptionTypes];

/** The class alone: `CategoryInfo.Reason`. */
function classOf(type: string): string {
  return type.slice(type.lastIndexOf(".") + 1);
}

/** `Enable-Mailbox` as the cmdlet's class, `EnableMailbox`. */
function cmdletClass(command: string): string {
  return command.replace("-", "");
}

export interface CmdletErrorPlace {
  readonly command: string;
  /** Computer name of the server that runs the cmdlet. */
  readonly server: string;
  readonly now: Date;
}

/**
 * An error that a cmdlet writes. The id begins with where and when it happened, as of `[Server=SIVERMAIL,RequestId=…,TimeStamp=9/9/2022
 * 3:17:40 PM] [FailureCategory=Cmdlet-ManagementObjectNotFoundException] E3DE7D95,Microsoft.Exchange.Management.RecipientTasks.GetMailbox`
 * (learn.microsoft.com, answers 998745). The number is a hash of the call's stack and differs between builds: nobody can go by it.
 */
export function cmdletError({ command, server, now }: CmdletErrorPlace, type: ExceptionType, category: string, message: string): RemoteError {
  const hash = createHash("sha256").update(`${type} ${command}`).digest("hex").slice(0, 8).toUpperCase();
  const where = `[Server=${server},RequestId=${randomUUID()},TimeStamp=${now.toLocaleString("en-US", { timeZone: "UTC" })}]`;
  return {
    type,
    id: `${where} [FailureCategory=Cmdlet-${classOf(type)}] ${hash},Microsoft.Exchange.Management.RecipientTasks.${cmdletClass(command)}`,
    category,
    message,
    code: null,
  };
}

/** What PowerShell's binder says before a cmdlet runs: about_Parameters, and the ids of ParameterBindingException. */
export function bindingError(command: string, id: string, message: string): RemoteError {
  return { type: exceptionTypes.binding, id: `${id},${command}`, category: "InvalidArgument", message, code: null };
}

/** Roles decide which commands there are: one that is not offered does not exist (about_Command_Precedence; RBAC of Exchange). */
export function commandNotFound(command: string): RemoteError {
  return {
    type: "System.Management.Automation.CommandNotFoundException",
    id: "CommandNotFoundException",
    category: "ObjectNotFound",
    message: `The term '${command}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
    code: null,
  };
}

function openingError(id: string, code: number, server: string, message: string): RemoteError {
  return { type: TRANSPORT, id: `${id},PSSessionOpenFailed`, category: "OpenError", message: `[${server}] Connecting to remote server ${server} failed with the following error message : ${message} For more information, see the about_Remote_Troubleshooting Help topic.`, code };
}

/** The first part of the id is a name for the codes that PowerShell knows, else the number (its table of transport errors). */
export const openingErrors = {
  /** ERROR_WSMAN_SENDDATA_CANNOT_CONNECT, 0x80338012: nobody listens, or resets. */
  cannotConnect: (server: string) =>
    openingError("CannotConnect", -2_144_108_526, server, "The client cannot connect to the destination specified in the request. Verify that the service on the destination is running and is accepting requests."),
  /** ERROR_WSMAN_SENDDATA_CANNOT_COMPLETE, 0x80338126. */
  timedOut: (server: string) =>
    openingError("WinRMOperationTimeout", -2_144_108_250, server, "WinRM cannot complete the operation. Verify that the specified computer name is valid, that the computer is accessible over the network, and that a firewall exception for the WinRM service is enabled."),
  /**
   * Exchange's own authorisation refuses (0x80338043): learn.microsoft.com "Unexpected error when you open EMS" shows the id
   * `-2144108477,PSSessionOpenFailed`; the text is in users' reports with the limit of 3 online and 18 on premises.
   */
  tooManySessions: (server: string, limit: number) =>
    openingError("-2144108477", -2_144_108_477, server, `[FailureCategory=AuthZ-AuthorizationException] Fail to create a runspace because you have exceeded the maximum number of connections allowed : ${limit} for the policy party : MaxConcurrency. Please close existing runspace and try again.`),
  /** ERROR_WSMAN_QUOTA_USER, 0x803381A7 (wsmerror.h); text by c7solutions.com, "Restrictive throttling policies", 2010. */
  throttled: (server: string) =>
    openingError("-2144108121", -2_144_108_121, server, "The WS-Management service cannot process the request. The user load quota of 1000 requests per 2 seconds has been exceeded. Send future requests at a slower rate or raise the quota for this user. The next request from this user will not be approved for at least 300000 milliseconds."),
  /** 0x803380F7, what a broken PowerShell directory of IIS is known for (Exchange Team blog, "Troubleshooting Exchange 2010 Management Tools startup issues"). */
  refused: (server: string) =>
    openingError("-2144108297", -2_144_108_297, server, "The WinRM client cannot process the request. It cannot determine the content type of the HTTP response from the destination computer. The content type is absent or invalid."),
  /** Windows' own numbers (winerror.h); PowerShell has names for two of them. */
  signIn: (server: string, code: number) => openingError(code === 1326 ? "LogonFailure" : code === 1311 ? "AuthenticationFailed" : String(code), code, server, signInTexts[code] ?? ""),
} as const;

const signInTexts: Readonly<Record<number, string>> = {
  1311: "There are currently no logon servers available to service the logon request.",
  1327: "Account restrictions are preventing this user from signing in.",
  1326: "The user name or password is incorrect.",
  1330: "The password for this account has expired.",
  1331: "This user can't sign in because this account is currently disabled.",
  1793: "The user's account has expired.",
  1907: "The user's password must be changed before signing in.",
  1909: "The referenced account is currently locked out and may not be logged on to.",
};

/** The transport that broke while a command ran: nothing of the server's arrives any more, and the session's state is Broken. */
export function transportLost(server: string): RemoteError {
  return {
    type: TRANSPORT,
    id: "PSSessionStateBroken",
    category: "OpenError",
    message: `Processing data from remote server ${server} failed with the following error message: The I/O operation has been aborted because of either a thread exit or an application request. For more information, see the about_Remote_Troubleshooting Help topic.`,
    code: 995,
  };
}

/** ERROR_WSMAN 0x8033805B: a session that the server no longer has (learn.microsoft.com, "FailureCategory=WSMan-InvalidShellID"). */
export function sessionGone(server: string, session: string): RemoteError {
  return {
    type: TRANSPORT,
    id: "-2144108453,PSSessionStateBroken",
    category: "OpenError",
    message: `Processing data for a remote command failed with the following error message: [Server=${server}] [FailureCategory=WSMan-InvalidShellID] The request for the Windows Remote Shell with ShellId ${session} failed because the shell was not found on the server.`,
    code: -2_144_108_453,
  };
}
