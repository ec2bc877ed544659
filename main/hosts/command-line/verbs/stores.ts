import { entryName } from "../../../../renderer/text/provider.ts";
import type { StoreConnection } from "../../../../shared/model/identity-store.ts";
import { applyMessaging } from "../apply-messaging.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { isoTime, print, table } from "../output.ts";
import { readSecrets, type SecretsMode } from "../secrets-input.ts";
import { newStoreDocumentSchema, readDocument, storeChangeSchema, storeJsonSchema, type MessagingDocument } from "../store-document.ts";
import { findStore, listStores, take, word } from "../take.ts";
import { UsageError, type ConsoleClient, type Verb, type VerbContext } from "../verb.ts";

export const stores: Verb = {
  name: "stores",
  usage: [
    ["stores", "list the identity stores"],
    ["stores add FILE", "create an identity store from a JSON document"],
    ["stores set NAME FILE [--discard-draft]", "change an identity store: what the document leaves out stays"],
    ["stores schema", "print the document's JSON Schema"],
  ],
  options: { secrets: { type: "boolean" }, "no-secrets": { type: "boolean" }, "discard-draft": { type: "boolean" } },
  run(context) {
    switch (context.words[0]) {
      case undefined:
        return list(context);
      case "add":
        return add(context);
      case "set":
        return set(context);
      case "schema":
        context.stdout.write(`${JSON.stringify(storeJsonSchema(), null, context.json ? 0 : 2)}\n`);
        return Promise.resolve(exitCodes.ok);
      default:
        throw new UsageError(`there is no "stores ${context.words[0]}"`);
    }
  },
};

async function list(context: VerbContext): Promise<ExitCode> {
  const found = await listStores(await context.client());
  print(context, found, () =>
    found.length === 0
      ? "There is no identity store yet: stores add FILE creates one."
      : table(
          ["Name", "Kind", "Domain", "Messaging provider", "Online", "State", "Next expiry"],
          found.map((store) => [
            store.name,
            store.kind,
            store.domain,
            store.messaging === null ? null : entryName(store.messaging),
            store.serversTotal === 0 ? null : `${store.serversOnline}/${store.serversTotal}`,
            store.state,
            isoTime(store.nextExpiry?.at ?? null),
          ]),
        ),
  );
  return exitCodes.ok;
}

async function add(context: VerbContext): Promise<ExitCode> {
  const document = await readDocument(word(context, 1, "FILE"), newStoreDocumentSchema);
  const secrets = await secretsOf(context);
  const client = await context.client();
  const { id } = take(await client.stores.create({ name: document.name, connection: document.connection, password: secrets.directory }));
  const revision = await firstMessaging(client, { id, name: document.name }, document.messaging, secrets.messaging);
  print(context, { id, name: document.name, revision }, () => `Created ${document.name}, revision ${revision}.`);
  return exitCodes.ok;
}

/** A store whose messaging part is refused is taken back: the document is created whole or not at all. */
async function firstMessaging(
  client: ConsoleClient,
  store: { readonly id: string; readonly name: string },
  document: MessagingDocument | undefined,
  secrets: ReadonlyMap<string, string>,
): Promise<number> {
  if (document === undefined) return 1;
  try {
    return await applyMessaging(client, store.id, { document, secrets, discardDraft: false });
  } catch (error) {
    await client.stores.remove({ id: store.id, confirmName: store.name });
    throw error;
  }
}

async function set(context: VerbContext): Promise<ExitCode> {
  const name = word(context, 1, "NAME");
  const document = await readDocument(word(context, 2, "FILE"), storeChangeSchema);
  const secrets = await secretsOf(context);
  const client = await context.client();
  const store = await findStore(client, name);
  let revision = store.revision;
  if (document.name !== undefined && document.name !== store.name) {
    ({ revision } = take(await client.stores.rename({ id: store.id, name: document.name })));
  }
  if (document.connection !== undefined || secrets.directory !== null) {
    revision = await setConnection(client, store.id, document.connection, secrets.directory, revision);
  }
  if (document.messaging !== undefined) {
    const discardDraft = context.options["discard-draft"] === true;
    revision = await applyMessaging(client, store.id, { document: document.messaging, secrets: secrets.messaging, discardDraft });
  }
  print(context, { id: store.id, name: document.name ?? store.name, revision }, () => `Saved ${document.name ?? store.name}, revision ${revision}.`);
  return exitCodes.ok;
}

async function setConnection(client: ConsoleClient, id: string, given: StoreConnection | undefined, password: string | null, expectedRevision: number): Promise<number> {
  const connection = given ?? take(await client.stores.get({ id })).connection;
  return take(await client.stores.updateConnection({ id, connection, password, expectedRevision })).revision;
}

async function secretsOf(context: VerbContext): Promise<{ readonly directory: string | null; readonly messaging: ReadonlyMap<string, string> }> {
  const given = await readSecrets(context.stdin, secretsMode(context));
  const messaging = [...given].filter(([name]) => name.startsWith("messaging.")).map(([name, value]) => [name.slice("messaging.".length), value] as const);
  return { directory: given.get("directory.password") ?? null, messaging: new Map(messaging) };
}

function secretsMode(context: VerbContext): SecretsMode {
  if (context.options["no-secrets"] === true) return "none";
  return context.options["secrets"] === true ? "wait" : "if-offered";
}
