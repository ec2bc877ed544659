/** The services: what the router and the command line call. */
import type { Hello, Preferences } from "../../shared/contract/app.ts";
import { contractHash } from "../../shared/contract/hash.ts";
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { Relisted } from "../../shared/contract/servers.ts";
import type { AliasAnswer, AliasQuestion } from "../../shared/model/alias.ts";
import type { CertificateInspection } from "../../shared/model/certificate.ts";
import type { Managed } from "../../shared/model/policy.ts";
import { managedFault, managedValues, policyAgainst } from "../../shared/rules/policies.ts";
import { proxyAddressProblem } from "../../shared/rules/proxy-address.ts";
import type { ActivityService } from "./activity.ts";
import { AliasLists } from "./alias-lists.ts";
import { startDriftWatch } from "./comparison/drift-watch.ts";
import { ComparisonService } from "./comparison/index.ts";
import { SightingBook } from "./comparison/sighting-book.ts";
import { DataService } from "./data.ts";
import { DiagnosticsService } from "./diagnostics/index.ts";
import { DocumentsService } from "./documents.ts";
import { EditorService } from "./editor.ts";
import { ExpiryService } from "./expiry.ts";
import { startExpiryNotices } from "./expiry-notices.ts";
import { FileHolder } from "./files.ts";
import { HandoverService } from "./handover/index.ts";
import { IdentityStoresService } from "./identity-stores.ts";
import { JobsService } from "./jobs/jobs.ts";
import { JobPlans } from "./jobs/plans.ts";
import { JobRunsService } from "./jobs/runs.ts";
import { startJobWatch } from "./jobs/watch.ts";
import { LicencesService } from "./licences.ts";
import { MailBatches } from "./mail-objects/batches.ts";
import { MailObjectsService } from "./mail-objects/index.ts";
import { MailRuns } from "./mail-objects/runs.ts";
import { NotificationsService } from "./notifications.ts";
import { PracticeService } from "./practice.ts";
import type { Foundation, WorkOptions } from "./rooms.ts";
import { relistSaved } from "./saved-listing.ts";
import { ServerStatusService } from "./server-status.ts";
import { StoreSummaries } from "./summaries.ts";

export type { Foundation, WorkOptions } from "./rooms.ts";

export interface Services {
  readonly data: DataService;
  readonly summaries: StoreSummaries;
  readonly stores: IdentityStoresService;
  readonly documents: DocumentsService;
  readonly editor: EditorService;
  readonly servers: ServerStatusService;
  /** Lists the servers of what is saved; a draft is left alone. */
  relistSaved(storeId: string, save: boolean, options: WorkOptions): Promise<Result<Relisted>>;
  readonly licences: LicencesService;
  readonly jobs: JobsService;
  readonly jobPlans: JobPlans;
  readonly jobRuns: JobRunsService;
  readonly notifications: NotificationsService;
  readonly files: FileHolder;
  readonly expiry: ExpiryService;
  readonly activity: ActivityService;
  readonly mailObjects: MailObjectsService;
  readonly mailBatches: MailBatches;
  readonly handover: HandoverService;
  readonly comparison: ComparisonService;
  readonly diagnostics: DiagnosticsService;
  readonly practice: PracticeService;
  /** The fault of a call that threw because the store could not be read; null for a bug. */
  faultOf(error: unknown): Fault | null;
  hello(): Hello;
  preferences(): Preferences;
  /** What an administrator decides on this computer. */
  managed(): Managed;
  /** Fails with `managed` for what an administrator decides. */
  setPreferences(change: Partial<Preferences>): Promise<Result<Preferences>>;
  /** Opens the practice organisation beside this one; `url` is null when a window was opened. */
  openPractice(): Promise<Result<{ url: string | null }>>;
  /** Describes a held certificate file. Null and the empty password both say that nothing was typed. */
  inspectCertificate(file: string, password: string | null, identity?: string | null): Promise<Result<CertificateInspection>>;
  evaluateAliases(question: AliasQuestion, signal: AbortSignal): Promise<Result<AliasAnswer>>;
  readonly aliasLists: AliasLists;
  /** Begins what a console does on its own: checking every store's servers, looking at its directory once a day, telling what is about to end, running jobs by their schedules. */
  attend(): void;
  /** Ends all checks and drops what is held in memory. The store stays open. */
  dispose(): Promise<void>;
}

function hello({ ports, store }: Foundation): Hello {
  return {
    contract: contractHash(),
    version: ports.version,
    host: ports.host === "electron" ? "electron" : "loopback",
    platform: process.platform,
    practice: ports.practice !== null,
    dataDirectory: ports.dataDirectory,
    keyProtection: store.vault.protection,
    filePicker: ports.filePicker === null ? "upload" : "native",
    user: ports.user,
    storeNotice: store.notice,
  };
}

/** Builds the services on a foundation; `activity` is the one its `record` writes to. */
export function createServices(foundation: Foundation, activity: ActivityService): Services {
  const { ports, certificates, aliases } = foundation;
  const files = new FileHolder(ports.clock, ports.filePicker);
  const aliasLists = new AliasLists(aliases, ports.clock, files);
  const editor = new EditorService(foundation, files);
  const servers = new ServerStatusService(foundation);
  const book = new SightingBook(foundation);
  const expiry = new ExpiryService(foundation, servers);
  const summaries = new StoreSummaries(foundation, { servers, editor, expiry, book });
  const data = new DataService(foundation, files);
  const practice = new PracticeService(ports.practice, files);
  const statusesOf = (storeId: string) => servers.statuses(storeId);
  const runs = new MailRuns(foundation, statusesOf);
  const mailObjects = new MailObjectsService(foundation, { runs, statusesOf });
  const mailBatches = new MailBatches(foundation, files, { runs, statusesOf });
  const handover = new HandoverService(foundation, files);
  const licences = new LicencesService(foundation);
  const notifications = new NotificationsService(foundation, activity);
  const jobs = new JobsService(foundation);
  const jobPlans = new JobPlans(foundation, { licences, statusesOf });
  const jobRuns = new JobRunsService(foundation, { plans: jobPlans, mailRuns: runs, licences, notify: (storeId, notice) => notifications.notify(storeId, notice) });
  let stopLooking: (() => Promise<void>) | null = null;
  let stopJobs: (() => Promise<void>) | null = null;
  let stopNotices: (() => void) | null = null;
  return {
    data,
    summaries,
    stores: new IdentityStoresService(foundation),
    documents: new DocumentsService(foundation, files),
    editor,
    servers,
    relistSaved: (storeId, save, options) => relistSaved(foundation, editor, storeId, save, options),
    licences,
    jobs,
    jobPlans,
    jobRuns,
    notifications,
    files,
    expiry,
    activity,
    mailObjects,
    mailBatches,
    handover,
    comparison: new ComparisonService(foundation, { handover, book }),
    diagnostics: new DiagnosticsService(foundation, statusesOf),
    practice,
    faultOf: (error) => foundation.store.faultOf(error),
    hello: () => hello(foundation),
    preferences: () => ports.preferences.get(),
    managed: () => ports.managed,
    setPreferences: async (change) => {
      const policy = policyAgainst(change, ports.managed);
      if (policy !== null) return fail(managedFault(policy, ports.managed));
      const problem = change.proxyAddress === undefined || change.proxyAddress === "" ? null : proxyAddressProblem(change.proxyAddress);
      if (problem !== null) return fail({ kind: "invalid", issues: [{ path: ["proxyAddress"], code: problem }] });
      const next = await ports.preferences.set(change);
      if (change.checkIntervalSeconds !== undefined) servers.intervalChanged();
      return succeed(next);
    },
    openPractice: async () => {
      if (ports.openPractice === null) return fail({ kind: "unsupported", why: "no-practice" });
      if (managedValues(ports.managed).NoPractice === true) return fail(managedFault("NoPractice", ports.managed));
      const opened = await ports.openPractice();
      return opened.ok ? succeed({ url: opened.value.url }) : opened;
    },
    inspectCertificate: async (file, password, identity = null) => {
      const held = files.read(file);
      return held.ok ? succeed(await certificates.inspect(held.value.bytes, password, identity)) : held;
    },
    evaluateAliases: (question, signal) => aliases.evaluate(question, signal),
    aliasLists,
    attend: () => {
      servers.followAll();
      stopLooking ??= startDriftWatch(foundation, { book, servers });
      stopJobs ??= startJobWatch(foundation, { plans: jobPlans, runs: jobRuns });
      stopNotices ??= startExpiryNotices(foundation, expiry);
    },
    dispose: async () => {
      stopNotices?.();
      data.dispose();
      summaries.dispose();
      practice.dispose();
      activity.dispose();
      files.dispose();
      aliasLists.dispose();
      mailBatches.dispose();
      handover.dispose();
      await stopJobs?.();
      jobs.dispose();
      jobPlans.dispose();
      await jobRuns.dispose();
      licences.dispose();
      notifications.dispose();
      book.dispose();
      await stopLooking?.();
      await runs.dispose();
      await mailObjects.dispose();
      await servers.dispose();
      foundation.reach.dispose();
    },
  };
}
