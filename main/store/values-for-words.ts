/**
 * Step 3 of the schema: what was stored in words is stored as values. The first version wrote a revision's changes down
 * with labels ("Domain name"), and a server's release and roles as people say them ("Exchange 2016", "Mailbox").
 * Everything here is as of that step and never changes with the product.
 */
import { z } from "zod";
import { numberOf, numberOrNull, textOf, type Row } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { checksum } from "./schemas.ts";

const oldChangeSchema = z.object({ key: z.string(), before: z.string().nullable(), after: z.string().nullable(), secret: z.boolean() });
type OldChange = z.infer<typeof oldChangeSchema>;

const serverSchema = z.looseObject({ version: z.string().nullable(), roles: z.array(z.string()) });
const configurationSchema = z.looseObject({
  provider: z.string(),
  servers: z.array(serverSchema),
  notShown: z.array(z.object({ label: z.string(), count: z.number() })),
});
const formSchema = z.looseObject({ configuration: configurationSchema });
const documentSchema = z.looseObject({ messaging: formSchema.nullable() });
const draftSchema = z.looseObject({ forms: z.record(z.string(), formSchema) });

const PROVIDERS: Readonly<Record<string, string>> = {
  "Microsoft Exchange 2013": "exchange/2013",
  "Microsoft Exchange 2016": "exchange/2016",
  "Microsoft Exchange 2019": "exchange/2019",
  "Microsoft Exchange Subscription Edition": "exchange/subscription",
  "Office 365": "office365",
  "Google Workspace": "google-workspace",
  Other: "other",
  None: "none",
};
const KINDS: Readonly<Record<string, string>> = { "Active Directory": "active-directory", "Microsoft Entra ID": "entra-id" };
const CLOUDS: Readonly<Record<string, string>> = {
  "Microsoft 365 (Worldwide and GCC)": "worldwide",
  "US Government GCC High": "gcc-high",
  "US Government DoD": "dod",
  "China (21Vianet)": "china",
};

/** `Exchange 2016` was `2016`, `Exchange Subscription Edition` was `subscription`. `Exchange` alone was of no known release. */
function release(label: string): string | null {
  if (label === "Exchange") return null;
  if (label === "Exchange Subscription Edition") return "subscription";
  return label.replace(/^Exchange (?=\d)/, "");
}

function trust(label: string): string {
  if (label === "system certificates") return "system";
  return /^[0-9a-f]{64}$/.test(label) ? `pinned ${label}` : `authority-file ${label}`;
}

/** The value behind a side of a change. A word that no version wrote stays as it is. */
function valueOf(key: string, word: string): string {
  switch (key) {
    case "provider":
      return PROVIDERS[word] ?? word;
    case "connection.kind":
      return KINDS[word] ?? word;
    case "connection.trust":
      return trust(word);
    case "values.cloud":
      return CLOUDS[word] ?? word;
    case "servers.added":
    case "servers.dropped":
      return word.replace(/ and (\d+) more$/, ", +$1");
    default:
      return word;
  }
}

function isOfProvider(key: string): boolean {
  return /^(?:values|secrets|certificates|servers)\./.test(key) && key !== "secrets.directory-password";
}

function changeOf({ key, before, after, secret }: OldChange, provider: string | null) {
  const side = (word: string | null) => (word === null ? null : valueOf(key, word));
  return { key, provider: isOfProvider(key) ? provider : null, before: side(before), after: side(after), secret };
}

function formOf(form: z.infer<typeof formSchema>) {
  const { configuration } = form;
  const servers = configuration.servers.map((server) => ({
    ...server,
    version: server.version === null ? null : release(server.version),
    roles: server.roles.map((role) => role.toLowerCase().replaceAll(" ", "-")),
  }));
  const notShown = configuration.notShown.map(({ label, count }) => ({ version: release(label), count }));
  return { ...form, configuration: { ...configuration, servers, notShown } };
}

/** The checksum of a row of `revision`. */
function sumOf(row: Row, changes: string, documentSum: number): number {
  const before = [textOf(row, "store_id"), numberOf(row, "number"), numberOf(row, "at"), textOf(row, "who"), textOf(row, "action")];
  return checksum([...before, numberOrNull(row, "restored_from"), changes, textOf(row, "tested"), documentSum]);
}

/** A damaged row keeps its wrong checksum: it is found as damaged later, as it would have been before. */
function rewriteRevision(connection: Connection, storeId: string, number: number): void {
  const row = connection.get("SELECT * FROM revision WHERE store_id = ? AND number = ?", storeId, number);
  if (row === null) return;
  const [changes, document, documentSum] = [textOf(row, "changes"), textOf(row, "document"), numberOf(row, "document_checksum")];
  if (sumOf(row, changes, documentSum) !== numberOf(row, "checksum") || checksum([document]) !== documentSum) return;
  const decoded = documentSchema.parse(JSON.parse(document));
  const provider = decoded.messaging?.configuration.provider ?? null;
  const nextChanges = JSON.stringify(z.array(oldChangeSchema).parse(JSON.parse(changes)).map((change) => changeOf(change, provider)));
  const nextDocument = JSON.stringify({ ...decoded, messaging: decoded.messaging === null ? null : formOf(decoded.messaging) });
  const nextSum = checksum([nextDocument]);
  connection.run(
    "UPDATE revision SET changes = ?, document = ?, document_checksum = ?, checksum = ? WHERE store_id = ? AND number = ?",
    nextChanges, nextDocument, nextSum, sumOf(row, nextChanges, nextSum), storeId, number,
  );
}

function rewriteDraft(connection: Connection, row: Row): void {
  const [storeId, at, content] = [textOf(row, "store_id"), numberOf(row, "updated_at"), textOf(row, "content")];
  if (checksum([storeId, at, content]) !== numberOf(row, "checksum")) return;
  const draft = draftSchema.parse(JSON.parse(content));
  const forms = Object.fromEntries(Object.entries(draft.forms).map(([id, form]) => [id, formOf(form)]));
  const next = JSON.stringify({ ...draft, forms });
  connection.run("UPDATE draft SET content = ?, checksum = ? WHERE store_id = ?", next, checksum([storeId, at, next]), storeId);
}

/** Rewrites every revision and draft. Runs in the transaction of the migration. */
export function storeValuesForWords(connection: Connection): void {
  for (const row of connection.all("SELECT store_id, number FROM revision")) rewriteRevision(connection, textOf(row, "store_id"), numberOf(row, "number"));
  for (const row of connection.all("SELECT * FROM draft")) rewriteDraft(connection, row);
}
