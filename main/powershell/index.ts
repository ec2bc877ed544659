export { remoteShells } from "./remote-shell.ts";
export { PowerShellSession, type PowerShellOptions, type ScriptCall } from "./session.ts";
