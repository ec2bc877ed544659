/** Mail objects that a test makes up. */
import type { JournalEntry, MailRequest, MailStep } from "../../../../../shared/model/mail-object.ts";
import type { MailOffer, MailPlan } from "../../../../../shared/model/mail-plan.ts";

export const group: MailRequest = { action: "create", type: "distribution-group", name: "Sales", container: "OU=Groups,DC=contoso,DC=lab", identity: null, alias: "sales", address: null, externalAddress: null, accountName: "sales" };

export const step = (number: number, change: Partial<MailStep> = {}): MailStep => ({
  number, kind: "enable", server: "exa.contoso.lab", at: 0, ms: 5, outcome: { state: "succeeded", already: false, address: null }, ...change,
});

export const entry = (change: Partial<JournalEntry> = {}): JournalEntry => ({
  id: "e1", run: "r1", place: 1, storeId: "s", storeName: "Contoso", at: 0, by: "eva", provider: { provider: "exchange", variant: "2013" }, request: group, state: "done", object: null, address: null, fault: null, steps: [], ...change,
});

export const offer: MailOffer = {
  types: [
    { type: "distribution-group", why: null },
    { type: "mailbox", why: null },
    { type: "mail-contact", why: null },
    { type: "microsoft-365-group", why: "type-not-supported" },
  ],
  domain: "contoso.lab", aliasLength: 64, containers: true, servers: ["exb.contoso.lab", "exa.contoso.lab"],
};

export const planOf = (request: MailRequest, change: Partial<MailPlan> = {}): MailPlan => ({
  request, issues: [], steps: [{ kind: "create", where: "directory" }, { kind: "enable", where: "servers" }], dn: `CN=${request.name},${request.container ?? ""}`,
  address: `${request.alias}@contoso.lab`, order: ["exb.contoso.lab"], last: ["exa.contoso.lab"], denied: [{ server: "exa.contoso.lab", fault: { kind: "forbidden", needs: ["recipient-management"] } }], byHand: ["membership"], commands: "New-ADGroup -Name 'Sales'", ...change,
});
