/** Messaging systems as scripts for the product's own management shell: one that sets them, and one that puts back what was there before. */
import type { ShellForm, ShellSettings, ShellStore } from "../../../shared/model/management-shell.ts";
import { formatDate } from "../format.ts";
import { entryName, fieldWords } from "../provider.ts";
import { say } from "../text.ts";
import { comment, hashTable, quoted, scriptFile } from "./powershell.ts";

export type ShellDeed = "apply" | "undo";

interface Making {
  readonly stores: readonly ShellStore[];
  /** Epoch milliseconds. */
  readonly at: number;
  readonly version: string;
}

/** The whole file. No secret is in it: it asks when it runs. */
export function shellScript(deed: ShellDeed, { stores, at, version }: Making): string {
  return scriptFile([
    "#Requires -Version 5.1",
    comment(say(`management-shell.about-${deed}`, { count: stores.length })),
    comment(say("management-shell.made", { date: formatDate(at), version })),
    comment(say("management-shell.run")),
    "[CmdletBinding(SupportsShouldProcess)]",
    "param()",
    "$ErrorActionPreference = 'Stop'",
    `if (-not (Get-Command -Name Set-MessagingServer -ErrorAction SilentlyContinue)) { throw ${quoted(say("management-shell.missing"))} }`,
    ...stores.flatMap((store) => ["", ...storeLines(deed, store)]),
  ]);
}

function storeLines(deed: ShellDeed, { name, now, before }: ShellStore): readonly string[] {
  const [form, other] = deed === "apply" ? [now, before] : [before, now];
  if (form === null) return [warning(say(deed === "apply" || now === null ? "management-shell.none" : "management-shell.none-before", { name }))];
  const title = comment(`${name}: ${entryName(form.choice)}`);
  if (form.settings === null) return [title, warning(byHand(name, form))];
  const calls = serverCalls(form, form.settings, other);
  if (calls.length === 0) return [title, warning(say("management-shell.no-servers", { name }))];
  const what = [form.settings.provider, ...form.servers].join(" ");
  return [title, `if ($PSCmdlet.ShouldProcess(${quoted(name)}, ${quoted(what)})) {`, ...[...asking(name, form.settings), ...common(name, form.settings), ...calls].map((line) => `    ${line}`), "}"];
}

function warning(text: string): string {
  return `Write-Warning -Message ${quoted(text)}`;
}

function byHand(name: string, { choice, values, servers }: ShellForm): string {
  const entered = values.map(({ field, value, isChoice }) => {
    const { label, option } = fieldWords(choice.provider, field);
    return `${label}: ${isChoice ? option(value) : value}`;
  });
  const all = [...entered, ...(servers.length === 0 ? [] : [say("management-shell.by-hand-servers", { servers: servers.join(", ") })])];
  return say(all.length === 0 ? "management-shell.by-hand-bare" : "management-shell.by-hand", { name, provider: entryName(choice), values: all.join("; ") });
}

/** What a person is asked for; nothing was changed yet for this store. */
function asking(name: string, { asks, server }: ShellSettings): readonly string[] {
  const unlessEntered = (variable: string) => `if (-not $${variable}) { throw ${quoted(say("management-shell.nothing-entered", { name }))} }`;
  const prompt = (variable: string, text: string) => [`$${variable} = Read-Host -Prompt ${quoted(text)}`, unlessEntered(variable)];
  const credential = (account: string | null) => {
    const proposed = account === null ? "" : ` -UserName ${quoted(account)}`;
    return [`$credential = Get-Credential -Message ${quoted(say("management-shell.ask-credential", { name }))}${proposed}`, unlessEntered("credential")];
  };
  return [
    ...(asks.for === "credential" ? credential(asks.account) : prompt("keyFile", say("management-shell.ask-key-file", { name }))),
    ...(server.from === "asked" ? prompt("server", say("management-shell.ask-server", { name })) : []),
  ];
}

function common(name: string, { provider, parameters, asks }: ShellSettings): readonly string[] {
  const given = Object.fromEntries(Object.entries(parameters).map(([parameter, value]) => [parameter, quoted(value)]));
  const asked = asks.for === "credential" ? { Credential: "$credential" } : { P12CertificatePath: "$keyFile" };
  const [head = "", ...rest] = hashTable({ IdentityStoreName: quoted(name), Provider: quoted(provider), ...given, ...asked });
  return [`$common = ${head}`, ...rest];
}

/** One call a server, in their order. Servers that the other form used, and this one does not, are switched off. */
function serverCalls({ servers }: ShellForm, settings: ShellSettings, other: ShellForm | null): readonly string[] {
  const call = (server: string, more: string) => `Set-MessagingServer @common -SmtpServer ${server}${more}`;
  if (settings.server.from === "fixed") return [call(quoted(settings.server.name), "")];
  if (settings.server.from === "asked") return [call("$server", "")];
  if (servers.length === 0) return [];
  const left = other?.settings?.provider === settings.provider ? other.servers.filter((server) => !servers.includes(server)) : [];
  return [...servers.map((server, place) => call(quoted(server), ` -Priority ${place + 1}`)), ...left.map((server) => call(quoted(server), " -Disabled"))];
}
