/** The contract: every call the renderer can make. Both sides decode what they receive. */
import { aliasesContract } from "./aliases.ts";
import { appContract } from "./app.ts";
import { certificatesContract } from "./certificates.ts";
import { dataContract } from "./data.ts";
import { documentsContract } from "./documents.ts";
import { editorContract } from "./editor.ts";
import { expiryContract } from "./expiry.ts";
import { filesContract } from "./files.ts";
import { mailObjectsContract } from "./mail-objects.ts";
import { practiceContract } from "./practice.ts";
import { serversContract } from "./servers.ts";
import { storesContract } from "./stores.ts";

export const contract = {
  app: appContract,
  data: dataContract,
  stores: storesContract,
  documents: documentsContract,
  editor: editorContract,
  servers: serversContract,
  files: filesContract,
  certificates: certificatesContract,
  aliases: aliasesContract,
  expiry: expiryContract,
  mailObjects: mailObjectsContract,
  practice: practiceContract,
};
export type Contract = typeof contract;
