/** English, one file a domain. */
import { activity } from "./activity.ts";
import { aliasBench } from "./alias-bench.ts";
import { aliasDialect } from "./alias-dialect.ts";
import { aliasSyntax } from "./alias-syntax.ts";
import { certificateBench } from "./certificate-bench.ts";
import { changes } from "./changes.ts";
import { commandLine } from "./command-line.ts";
import { comparison } from "./comparison.ts";
import { data } from "./data.ts";
import { diagnostics } from "./diagnostics.ts";
import { differences } from "./differences.ts";
import { directoryForm } from "./directory-form.ts";
import { faults } from "./faults.ts";
import { faultsCloud } from "./faults-cloud.ts";
import { mailFaults } from "./faults-mail.ts";
import { faultsReach } from "./faults-reach.ts";
import { faultsSignIn } from "./faults-sign-in.ts";
import { first } from "./first.ts";
import { handover } from "./handover.ts";
import { help } from "./help.ts";
import { history } from "./history.ts";
import { issues } from "./issues.ts";
import { jobEditor } from "./job-editor.ts";
import { jobIssues } from "./job-issues.ts";
import { jobRun } from "./job-run.ts";
import { jobs } from "./jobs.ts";
import { jobVerbs } from "./jobs-command-line.ts";
import { licences } from "./licences.ts";
import { mailFile } from "./mail-file.ts";
import { mailJournal } from "./mail-journal.ts";
import { mailObjects } from "./mail-objects.ts";
import { managementShell } from "./management-shell.ts";
import { messagingSystem } from "./messaging-system.ts";
import { needs } from "./needs.ts";
import { notifications } from "./notifications.ts";
import { otherFiles } from "./other-files.ts";
import { policies } from "./policies.ts";
import { practice } from "./practice.ts";
import { probe } from "./probe.ts";
import { providerForm } from "./provider-form.ts";
import { rungs } from "./rungs.ts";
import { runningWork } from "./running-work.ts";
import { secret } from "./secret.ts";
import { servers } from "./servers.ts";
import { settings } from "./settings.ts";
import { siteReport } from "./site-report.ts";
import { subscriptions } from "./subscriptions.ts";

export const english = {
  ...first,
  activity,
  "alias-bench": aliasBench,
  "alias-dialect": aliasDialect,
  "alias-syntax": aliasSyntax,
  "certificate-bench": certificateBench,
  changes,
  "command-line": commandLine,
  comparison,
  data,
  diagnostics,
  differences,
  faults: { ...faults, ...mailFaults },
  "faults-cloud": faultsCloud,
  "faults-reach": faultsReach,
  "faults-sign-in": faultsSignIn,
  handover,
  help,
  history,
  "identity-stores": { ...first["identity-stores"], ...directoryForm },
  issues,
  "job-editor": jobEditor,
  "job-issues": jobIssues,
  "job-run": jobRun,
  "job-verbs": jobVerbs,
  jobs,
  licences,
  "mail-file": mailFile,
  "mail-journal": mailJournal,
  "mail-objects": mailObjects,
  "management-shell": managementShell,
  "messaging-system": messagingSystem,
  needs,
  notifications,
  "other-files": otherFiles,
  policies,
  practice,
  probe,
  "provider-form": providerForm,
  rungs,
  "running-work": runningWork,
  secret,
  servers,
  settings,
  "site-report": siteReport,
  subscriptions,
} as const;
