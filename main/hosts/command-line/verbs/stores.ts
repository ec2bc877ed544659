import { entryName } from "../../../../renderer/text/provider.ts";
import type { StoreConnection } from "../../../../shared/model/identity-store.ts";
import { applyMessaging } from "../apply-messaging.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { secretsNotes, secretsOptions } from "../options.ts";
import { isoTime, print, table } from "../output.ts";
import { readSecrets, type SecretsMode } from "../secrets-input.ts";
import { newStoreDocumentSchema, readDocument, storeChangeSchema, storeJsonSchema, type MessagingDocument } from "../store-document.ts";
import { findStore, listStores, take, word } from "../take.ts";
import type { ConsoleClient, Verb, VerbContext } from "../verb.ts";

const fileWord = { name: "FILE", completes: "file" } as const;
const storeWord = { name: "NAME", completes: "store" } as const;

export const stores: Verb = {
  name: "stores",
  forms: [
    {
      choice: null,
      meaning: "list the identity stores",
      words: [],
      options: {},
      examples: [
        { line: "messaging-console stores", meaning: "a table" },
        { line: "messaging-console stores --json", meaning: "one JSON array" },
      ],
      run: list,
    },
    {
      choice: "add",
      meaning: "create an identity store from a JSON document",
      words: [fileWord],
      options: secretsOptions,
      notes: secretsNotes,
      examples: [{ line: "messaging-console stores add hq.json --secrets < secrets.json", meaning: "create a store with its passwords" }],
      run: add,
    },
    {
      choice: "set",
      meaning: "change an identity store: what the document leaves out stays",
      words: [storeWord, fileWord],
      options: { ...secretsOptions, "discard-draft": { value: null, meaning: "throw unsaved work away that is in the way" } },
      notes: secretsNotes,
      examples: [{ line: 'messaging-console stores set "Contoso HQ" priorities.json --no-secrets', meaning: "change what the document names" }],
      run: set,
    },
    {
      choice: "schema",
      meaning: "print the JSON Schema of the document",
      words: [],
      options: {},
      examples: [{ line: "messaging-console stores schema > store.schema.json", meaning: "for an editor that checks while one types" }],
      run: ({ stdout, json }) => {
        stdout.write(`${JSON.stringify(storeJsonSchema(), null, json ? 0 : 2)}\n`);
        return Promise.resolve(exitCodes.ok);
      },
    },
  ],
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
  const document = await readDocument(word(context, 0), newStoreDocumentSchema);
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
  const name = word(context, 0);
  const document = await readDocument(word(context, 1), storeChangeSchema);
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
