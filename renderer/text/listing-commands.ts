/** A listing of servers as the PowerShell that an administrator would type. */
import type { MessagingView } from "../../shared/model/messaging.ts";
import { powershellLiteral } from "../../shared/rules/powershell-command.ts";
import { sayIfKnown } from "./text.ts";

/** Null for a provider whose servers nobody has to be asked for, and while what the command needs is not entered. The password is asked for. */
export function listingCommands(provider: string, values: MessagingView["values"]): string | null {
  const entered = Object.entries(values).flatMap(([name, value]) => (typeof value === "string" ? [[name, value.trim()] as const] : []));
  if (entered.some(([, value]) => value === "")) return null;
  return sayIfKnown(`provider.${provider}.list-commands`, Object.fromEntries(entered.map(([name, value]) => [name, powershellLiteral(value)])));
}
