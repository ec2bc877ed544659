/** The contract: every call the renderer can make. Both sides decode what they receive. */
import { aliasesContract } from "./aliases.ts";
import { appContract } from "./app.ts";
import { certificatesContract } from "./certificates.ts";
import { comparisonContract } from "./comparison.ts";
import { dataContract } from "./data.ts";
import { diagnosticsContract } from "./diagnostics.ts";
import { documentsContract } from "./documents.ts";
import { editorContract } from "./editor.ts";
import { expiryContract } from "./expiry.ts";
import { filesContract } from "./files.ts";
import { handoverContract } from "./handover.ts";
import { jobsContract } from "./jobs.ts";
import { mailObjectsContract } from "./mail-objects.ts";
import { notificationsContract } from "./notifications.ts";
import { practiceContract } from "./practice.ts";
import { serversContract } from "./servers.ts";
import { storesContract } from "./stores.ts";
import { subscriptionsContract } from "./subscriptions.ts";

/** Said, because what it is made of is too long for the compiler; an interface is no router to the library. */
// oxlint-disable-next-line consistent-type-definitions
export type Contract = {
  app: typeof appContract;
  data: typeof dataContract;
  stores: typeof storesContract;
  documents: typeof documentsContract;
  editor: typeof editorContract;
  servers: typeof serversContract;
  subscriptions: typeof subscriptionsContract;
  files: typeof filesContract;
  certificates: typeof certificatesContract;
  aliases: typeof aliasesContract;
  expiry: typeof expiryContract;
  jobs: typeof jobsContract;
  mailObjects: typeof mailObjectsContract;
  notifications: typeof notificationsContract;
  handover: typeof handoverContract;
  comparison: typeof comparisonContract;
  diagnostics: typeof diagnosticsContract;
  practice: typeof practiceContract;
};

export const contract: Contract = {
  app: appContract,
  data: dataContract,
  stores: storesContract,
  documents: documentsContract,
  editor: editorContract,
  servers: serversContract,
  subscriptions: subscriptionsContract,
  files: filesContract,
  certificates: certificatesContract,
  aliases: aliasesContract,
  expiry: expiryContract,
  jobs: jobsContract,
  mailObjects: mailObjectsContract,
  notifications: notificationsContract,
  handover: handoverContract,
  comparison: comparisonContract,
  diagnostics: diagnosticsContract,
  practice: practiceContract,
};
