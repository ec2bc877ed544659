/** The contract, implemented: decoded input goes to a service, its answer goes back. */
import type { Router } from "@orpc/server";
import type { Contract } from "../../shared/contract/index.ts";
import type { Services } from "../services/index.ts";
import { aliasesRouter } from "./aliases.ts";
import { appRouter, type Surroundings } from "./app.ts";
import { certificatesRouter } from "./certificates.ts";
import { comparisonRouter } from "./comparison.ts";
import { dataRouter } from "./data.ts";
import { diagnosticsRouter } from "./diagnostics.ts";
import { documentsRouter } from "./documents.ts";
import { editorRouter } from "./editor.ts";
import { expiryRouter } from "./expiry.ts";
import { guardedImplementer, type NoContext } from "./faults.ts";
import { filesRouter } from "./files.ts";
import { handoverRouter } from "./handover.ts";
import { jobsRouter } from "./jobs.ts";
import { mailObjectsRouter } from "./mail-objects.ts";
import { notificationsRouter } from "./notifications.ts";
import { practiceRouter } from "./practice.ts";
import { serversRouter } from "./servers.ts";
import { storesRouter } from "./stores.ts";
import { subscriptionsRouter } from "./subscriptions.ts";

/** Said by the contract, because what the implementation spells out is too long for the compiler. */
export type AppRouter = Router<Contract, NoContext>;

/** The router for the RPC handler of any adapter; needs no context. */
export function createRouter(services: Services, surroundings: Surroundings): AppRouter {
  const os = guardedImplementer(surroundings.logger, (error) => services.faultOf(error));
  return os.router({
    app: appRouter(os.app, services, surroundings),
    data: dataRouter(os.data, services),
    stores: storesRouter(os.stores, services),
    documents: documentsRouter(os.documents, services),
    editor: editorRouter(os.editor, services),
    servers: serversRouter(os.servers, services),
    subscriptions: subscriptionsRouter(os.subscriptions, services),
    files: filesRouter(os.files, services),
    certificates: certificatesRouter(os.certificates, services),
    aliases: aliasesRouter(os.aliases, services),
    expiry: expiryRouter(os.expiry, services),
    jobs: jobsRouter(os.jobs, services),
    mailObjects: mailObjectsRouter(os.mailObjects, services),
    notifications: notificationsRouter(os.notifications, services),
    handover: handoverRouter(os.handover, services),
    comparison: comparisonRouter(os.comparison, services),
    diagnostics: diagnosticsRouter(os.diagnostics, services),
    practice: practiceRouter(os.practice, services),
  });
}
