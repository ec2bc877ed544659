/**
 * What is said between the practice Exchange organisation's remote PowerShell and who speaks with it: JSON over HTTP on
 * loopback. Who asks is a stand-in shell, or in the lab the functions of a real PowerShell endpoint. Types alone: the
 * stand-in shell starts with each session and loads nothing that it does not need.
 */

/** Environment variables in which whoever starts the stand-in shell hands over where to ask and with which right. */
export const ENDPOINT_VARIABLE = "MC_PRACTICE_ENDPOINT";
export const TOKEN_VARIABLE = "MC_PRACTICE_TOKEN";

/** An error record, as far as PowerShell's remoting carries one over. */
export interface RemoteError {
  /** The exception's class, with its namespace. */
  readonly type: string;
  /** FullyQualifiedErrorId. */
  readonly id: string;
  /** An ErrorCategory. */
  readonly category: string;
  readonly message: string;
  /** Of WS-Management, for errors of the transport; null for a cmdlet's. */
  readonly code: number | null;
}

/** Parameters by name: texts, and booleans for switches. */
export type CmdletParameters = Readonly<Record<string, unknown>>;

/**
 * `server` is the name that the client connects to. `attend` is answered when the session ends: whoever has one keeps it open, as a client
 * of WS-Management keeps asking for what there is to receive, and a session that nobody attends any more ends after `idleMs`.
 */
export type EndpointRequest =
  | { readonly op: "open"; readonly server: string; readonly username: string; readonly password: string; readonly idleMs?: number | undefined }
  | { readonly op: "attend"; readonly server: string; readonly session: string }
  | { readonly op: "call"; readonly server: string; readonly session: string; readonly command: string; readonly parameters: CmdletParameters }
  | { readonly op: "offered"; readonly server: string; readonly session: string }
  | { readonly op: "close"; readonly server: string; readonly session: string };

/** An object of a cmdlet: properties as text, which is how sizes, addresses and identities arrive once they are deserialized. */
export type RemoteObject = Readonly<Record<string, string>>;

export type EndpointAnswer =
  /** `offered`: the commands of the session, which roles decide when it is opened. */
  | { readonly session: string; readonly offered: readonly string[] }
  | { readonly objects: readonly RemoteObject[]; readonly warnings: readonly string[] }
  | { readonly offered: readonly string[] }
  | { readonly closed: true }
  | { readonly error: RemoteError };
