/** Beginnings of a new job. */
import type { JobSettings } from "../../../shared/model/job.ts";
import { say } from "../../text/text.ts";
import { fromColumn } from "./job-choices.ts";
import { LEAVING } from "./leaving-fields.tsx";

export const TEMPLATES = ["blank", "mailboxes", "contacts", "leavers"] as const;
export type Template = (typeof TEMPLATES)[number];

/** The settings that a template begins with, over those that the identity store begins with. Columns are named as files mostly name them. */
export function templateOf(template: Template, blank: JobSettings): JobSettings {
  switch (template) {
    case "mailboxes": {
      const mapping = [fromColumn("name", "Name"), fromColumn("accountName", "AccountName"), fromColumn("alias", "Alias")];
      return { ...blank, name: say("jobs.template-mailboxes"), type: "mailbox", missing: "create", key: "accountName", mapping: withKept(mapping, blank) };
    }
    case "contacts": {
      const mapping = [fromColumn("name", "Name"), fromColumn("alias", "Alias"), fromColumn("externalAddress", "ExternalAddress")];
      return { ...blank, name: say("jobs.template-contacts"), type: "mail-contact", missing: "create", key: "alias", mapping: withKept(mapping, blank), licensing: "none" };
    }
    case "leavers": {
      // Every row is to lose something: a share of the rows is no limit here.
      const limits = { ...blank.brakes.limits, unlicense: { count: 10, percent: null } };
      return { ...blank, name: say("jobs.template-leavers"), type: "mailbox", missing: "skip", key: "accountName", mapping: [fromColumn("accountName", "AccountName")], licensing: "none", deprovision: LEAVING, brakes: { ...blank.brakes, limits } };
    }
    case "blank":
    default:
      return blank;
  }
}

/** A container that the identity store begins with stays. */
function withKept(mapping: JobSettings["mapping"], blank: JobSettings): JobSettings["mapping"] {
  return [...mapping, ...blank.mapping.filter(({ target }) => target === "container")];
}
