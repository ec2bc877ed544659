import { changeText } from "../../../../renderer/text/change.ts";
import { driftWords } from "../../../../renderer/text/comparison.ts";
import { entryName } from "../../../../renderer/text/provider.ts";
import { serversInWords, stateInWords } from "../../../../renderer/text/store-summary.ts";
import { say, sayIfKnown } from "../../../../renderer/text/text.ts";
import type { Revision, RevisionPage } from "../../../../shared/model/draft.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { secretsNotes, secretsOptions } from "../options.ts";
import { isoTime, print, printable, table } from "../output.ts";
import { readSecrets, type SecretsMode } from "../secrets-input.ts";
import { documentText, readDocument, sendFiles, storeJsonSchema, takePlaced } from "../store-document.ts";
import { findStore, listStores, take, word } from "../take.ts";
import { UsageError, type Verb, type VerbContext } from "../verb.ts";

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
      choice: "get",
      meaning: "print an identity store as the JSON document that add and set take",
      words: [storeWord],
      options: {},
      notes: ['Secrets and certificates stand in it as "set" only, which set leaves alone.'],
      examples: [{ line: 'messaging-console stores get "Contoso HQ" > hq.json', meaning: "to change it and set it again" }],
      run: get,
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
      meaning: "change an identity store in one revision or not at all",
      words: [storeWord, fileWord],
      options: { ...secretsOptions, "discard-draft": { value: null, meaning: "throw unsaved work away that is in the way" } },
      notes: ["What the document leaves out stays; a list of servers is the whole list.", ...secretsNotes],
      examples: [{ line: 'messaging-console stores set "Contoso HQ" priorities.json --no-secrets', meaning: "change what the document names" }],
      run: set,
    },
    {
      choice: "history",
      meaning: "list what was saved, by whom, and what changed",
      words: [storeWord],
      options: {},
      examples: [{ line: 'messaging-console stores history "Contoso HQ"', meaning: "newest first" }],
      run: history,
    },
    {
      choice: "restore",
      meaning: "go back to a revision, which makes a new one",
      words: [storeWord, { name: "REVISION" }],
      options: {},
      examples: [{ line: 'messaging-console stores restore "Contoso HQ" 7', meaning: "as it was in revision 7" }],
      run: restore,
    },
    {
      choice: "prepare-only",
      meaning: "ask nothing for an identity store from this computer: no check, no test, no listing",
      words: [storeWord],
      options: { end: { value: null, meaning: "ask again" } },
      examples: [
        { line: 'messaging-console stores prepare-only "Contoso HQ"', meaning: "before a visit without a network" },
        { line: 'messaging-console stores prepare-only "Contoso HQ" --end', meaning: "check its servers again" },
      ],
      run: prepareOnly,
    },
    {
      choice: "remove",
      meaning: "delete an identity store with its draft and its history",
      words: [storeWord],
      options: { yes: { value: null, meaning: "delete it; nothing is deleted without" } },
      examples: [{ line: 'messaging-console stores remove "Branch 7" --yes', meaning: "for good" }],
      run: remove,
    },
    {
      choice: "schema",
      meaning: "print the JSON Schema of the document",
      words: [],
      options: {},
      examples: [{ line: "messaging-console stores schema > store.schema.json", meaning: "for an editor that checks while one types" }],
      run: schema,
    },
  ],
};

async function list(context: VerbContext): Promise<ExitCode> {
  const found = await listStores(await context.client());
  print(context, found, () =>
    found.length === 0
      ? "There is no identity store yet: stores add FILE creates one."
      : table(
          (["name", "kind", "domain", "provider", "servers", "state", "next"] as const).map((column) => say(`identity-stores.column-${column}`)),
          found.map((store) => [
            store.name,
            say(`identity-stores.kind-${store.kind}`),
            store.domain,
            store.messaging === null ? null : entryName(store.messaging),
            store.serversTotal === 0 ? null : serversInWords(store),
            store.drift === null ? stateInWords(store) : `${stateInWords(store)} (${driftWords(store.drift)})`,
            isoTime(store.nextExpiry?.at ?? null),
          ]),
        ),
  );
  return exitCodes.ok;
}

function schema(context: VerbContext): Promise<ExitCode> {
  context.stdout.write(`${JSON.stringify(storeJsonSchema(), null, context.json ? 0 : 2)}\n`);
  return Promise.resolve(exitCodes.ok);
}

async function prepareOnly(context: VerbContext): Promise<ExitCode> {
  const on = context.options["end"] !== true;
  const client = await context.client();
  const { id, name } = await findStore(client, word(context, 0));
  take(await client.stores.prepareOnly({ id, on }));
  print(context, { id, name, prepareOnly: on }, () => say(on ? "identity-stores.prepare-only-began" : "identity-stores.prepare-only-ended", { name }));
  return exitCodes.ok;
}

async function get(context: VerbContext): Promise<ExitCode> {
  const name = word(context, 0);
  const client = await context.client();
  const { document } = take(await client.documents.read({ storeId: (await findStore(client, name)).id }));
  context.stdout.write(`${documentText(document, context.json ? 0 : 2)}\n`);
  return exitCodes.ok;
}

async function add(context: VerbContext): Promise<ExitCode> {
  const written = await readDocument(word(context, 0));
  const secrets = Object.fromEntries(await readSecrets(context, secretsMode(context)));
  const client = await context.client();
  const sent = await sendFiles(client, written);
  const created = takePlaced(await client.documents.create({ document: written.value, secrets, files: sent.files }), written, sent);
  print(context, created, () => `Created ${created.name}, revision ${created.revision}.`);
  return exitCodes.ok;
}

async function set(context: VerbContext): Promise<ExitCode> {
  const name = word(context, 0);
  const written = await readDocument(word(context, 1));
  const secrets = Object.fromEntries(await readSecrets(context, secretsMode(context)));
  const client = await context.client();
  const { id } = await findStore(client, name);
  const sent = await sendFiles(client, written);
  const discardDraft = context.options["discard-draft"] === true;
  const saved = takePlaced(await client.documents.apply({ storeId: id, document: written.value, secrets, files: sent.files, discardDraft }), written, sent);
  print(context, { id, ...saved }, () => (saved.changed ? `Saved ${saved.name}, revision ${saved.revision}.` : `Nothing to change: ${saved.name} is revision ${saved.revision}.`));
  return exitCodes.ok;
}

function secretsMode({ options }: VerbContext): SecretsMode {
  if (options["no-secrets"] === true && options["secrets"] === true) throw new UsageError("--secrets and --no-secrets exclude each other");
  if (options["no-secrets"] === true) return "none";
  return options["secrets"] === true ? "required" : "if-offered";
}

async function remove(context: VerbContext): Promise<ExitCode> {
  const typed = word(context, 0);
  const client = await context.client();
  const { id, name } = await findStore(client, typed);
  if (context.options["yes"] !== true) throw new UsageError(`this deletes ${name} with its draft and its history; say so with --yes`);
  take(await client.stores.remove({ id, confirmName: name }));
  print(context, { id, name }, () => `Deleted ${name}.`);
  return exitCodes.ok;
}

async function history(context: VerbContext): Promise<ExitCode> {
  const name = word(context, 0);
  const client = await context.client();
  const { id } = await findStore(client, name);
  const revisions: Revision[] = [];
  for (let before: number | null | undefined; before !== null; ) {
    const page: RevisionPage = take(await client.stores.revisions({ id, before }));
    revisions.push(...page.revisions);
    before = page.next;
  }
  print(context, revisions, () => revisions.map(revisionText).join("\n"));
  return exitCodes.ok;
}

function revisionText({ number, at, who, action, restoredFrom, changes }: Revision): string {
  const what = sayIfKnown(`history.action-${action}`, { number: restoredFrom ?? 0 }) ?? say("history.action-other");
  const head = `${say("history.revision", { number })}  ${isoTime(at) ?? ""}  ${who}  ${what}`;
  return [head, ...changes.map((change) => `  ${changeText(change)}`)].map(printable).join("\n");
}

async function restore(context: VerbContext): Promise<ExitCode> {
  const name = word(context, 0);
  const typed = word(context, 1);
  const number = /^\d{1,9}$/.test(typed) ? Number(typed) : 0;
  if (number < 1) throw new UsageError(`"${typed}" is no revision; stores history lists them`);
  const client = await context.client();
  const store = await findStore(client, name);
  const { revision, changed } = take(await client.stores.restore({ id: store.id, number, expectedRevision: store.revision }));
  print(context, { id: store.id, name: store.name, restored: number, revision }, () => say(changed ? "history.restored-toast" : "history.restored-nothing", { number, revision }));
  return exitCodes.ok;
}
