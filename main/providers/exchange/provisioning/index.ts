/** Mail-enabling through the ticked servers: Exchange's own cmdlets, by remote PowerShell. */
import type { Provisioning } from "../../provider.ts";
import type { ExchangeConfiguration } from "../schema.ts";
import { commandsFor } from "./commands.ts";
import { ALIAS_LENGTH, requestIssues } from "./issues.ts";
import { openRun } from "./run.ts";

const types = ["distribution-group", "security-group", "mailbox", "mail-user", "mail-contact"] as const;

export const provisioning: Provisioning<ExchangeConfiguration> = {
  via: "servers",
  types: () => types.map((type) => ({ type, why: null })),
  // The organisation's address policies decide.
  domain: () => null,
  aliasLength: () => ALIAS_LENGTH,
  issues: (_configuration, request) => requestIssues(request),
  address: ({ domain }, { action, address, alias }) => (action === "disable" ? null : (address ?? (alias === "" ? null : `${alias}@${domain}`))),
  // Whatever looks like a mail part would keep the cmdlets from making one.
  attributes: () => ({}),
  byHand: (_configuration, { action, type }) => (action === "create" && (type === "distribution-group" || type === "security-group") ? ["members"] : []),
  commands: commandsFor,
  obstacle: (_configuration, { remoting }) => (remoting === null ? { kind: "unsupported", why: "remoting-missing" } : null),
  openObjects: null,
  open: openRun,
};
