/** Jobs over the practice organisation: files of starters, and a tenant beside the directory. */
import fs from "node:fs";
import path from "node:path";
import type { App } from "../../../main/app.ts";
import type { JobPlan } from "../../../shared/model/job-plan.ts";
import type { JobRun } from "../../../shared/model/job-run.ts";
import type { FieldMapping, JobSettings, JobTarget } from "../../../shared/model/job.ts";
import { take } from "../../unit/main/store/support.ts";
import { options, practiceSite, type PracticeSite } from "../mail-objects/practice-site.ts";

export const PEOPLE = "OU=People,DC=contoso,DC=lab";
export const TENANT = "contoso-practice.com";

export interface JobSite extends PracticeSite {
  /** The identity store of the tenant. */
  readonly cloudId: string;
  /** Writes a file for a job, and answers its path. */
  file(name: string, text: string): string;
  remove(): Promise<void>;
}

/** With a saved store of the practice tenant beside Exchange's. */
export async function jobSite(): Promise<JobSite> {
  const site = await practiceSite();
  const folder = fs.mkdtempSync(path.join(path.dirname(site.ports.dataDirectory), "sources-"));
  const { forms, files } = site.practice.port.facts();
  const valueOf = (field: string) => forms.find(({ provider }) => provider === "office365")?.values.find((each) => each.field === field && each.variant === undefined)?.value ?? "";
  const [certificate] = files;
  const held = take(site.app.services.files.hold("application.pfx", Buffer.from(certificate?.base64 ?? "", "base64"), "certificate"));
  const document = {
    name: "Contoso cloud",
    connection: { kind: "entra-id", cloud: "worldwide", tenant: TENANT },
    messaging: { provider: "office365", values: { cloud: "worldwide", domain: valueOf("domain"), applicationId: valueOf("applicationId") }, certificates: { certificate: "application.pfx" } },
  };
  const secrets = { "messaging.clientSecret": valueOf("clientSecret"), "messaging.certificatePassword": certificate?.password ?? "" };
  const created = take(await site.app.services.documents.create({ document, secrets, files: { "application.pfx": held.file } }));
  return {
    ...site,
    cloudId: created.id,
    file: (name, text) => {
      const place = path.join(folder, name);
      fs.writeFileSync(place, text);
      return place;
    },
    remove: () => site.stop(),
  };
}

/** A target that is a column as it is. */
export const column = (target: JobTarget, name: string): FieldMapping => ({ target, transform: { from: { kind: "column", column: name }, steps: [{ kind: "trim" }] } });

/** Begins with what a new job has, and saves it. */
export async function saveJob({ services }: App, storeId: string, changes: Partial<JobSettings>): Promise<string> {
  const blank = take(services.jobs.blank(storeId));
  const made = take(await services.jobs.create(storeId, { ...blank, name: `Job ${Math.random()}`, ...changes }));
  return made.job.id;
}

export async function planJob({ services }: App, storeId: string, job: string): Promise<JobPlan> {
  return take(await services.jobPlans.plan(storeId, job, options()));
}

/** Plans and applies. */
export async function runJob(app: App, storeId: string, job: string, password: string | null = null): Promise<JobRun> {
  const { plan } = await planJob(app, storeId, job);
  return take(await app.services.jobRuns.apply(plan, password, "person", options()));
}
