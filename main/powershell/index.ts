export { PowerShellSession, type PowerShellOptions, type ScriptCall } from "./session.ts";
