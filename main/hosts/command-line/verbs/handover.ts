import { changeText } from "../../../../renderer/text/change.ts";
import { explain } from "../../../../renderer/text/fault.ts";
import { entryName } from "../../../../renderer/text/provider.ts";
import type { ComparedStore, Exported, ImportedStore, OpenedBundle, Protection } from "../../../../shared/contract/handover.ts";
import { BUNDLE_RECIPIENTS, type BundleSeal } from "../../../../shared/model/bundle.ts";
import { exitCodeOf, exitCodes, type ExitCode } from "../exit-codes.ts";
import { openBundle } from "../opened-bundle.ts";
import { print, printable } from "../output.ts";
import { passphraseNotes, passphraseOptions, readPassphrase } from "../passphrase-input.ts";
import { writeMade } from "../prepared-file.ts";
import { holdFile } from "../sent-file.ts";
import { chosenStores, finish, take, word } from "../take.ts";
import { UsageError, VerbFailure, type Verb, type VerbContext } from "../verb.ts";

const fileWord = { name: "FILE", completes: "file" } as const;

export const exportVerb: Verb = {
  name: "export",
  forms: [
    {
      choice: null,
      meaning: "write identity stores into one file, to be handed over to another console",
      words: [fileWord],
      options: {
        store: { value: "NAME", meaning: "this identity store; may be repeated, and without it all of them", many: true, completes: "store" },
        to: { value: "KEY", meaning: "seal it to this public key of a console instead of a passphrase; may be repeated", many: true },
        unsealed: { value: null, meaning: "plain JSON without any secret, and no passphrase" },
        ...passphraseOptions,
      },
      notes: [
        ...passphraseNotes,
        "A public key is what the verb key prints on the computer that the file is for: it opens there, and nothing is asked for.",
        "The file is in the age format: the age tool opens it as well. Unsaved work is not handed over.",
      ],
      examples: [
        { line: "messaging-console export site.age < passphrase.txt", meaning: "everything, with its secrets" },
        { line: "messaging-console export site.age --to age1…", meaning: "for the console whose public key that is" },
        { line: 'messaging-console export hq.json --unsealed --store "Contoso HQ"', meaning: "one identity store for people to read" },
      ],
      run: exportStores,
    },
  ],
};

export const importVerb: Verb = {
  name: "import",
  forms: [
    {
      choice: null,
      meaning: "bring identity stores of a handed-over file in, each in one revision",
      words: [fileWord],
      options: {
        plan: { value: null, meaning: "say what would change, and change nothing" },
        store: { value: "NAME", meaning: "this identity store of the file; may be repeated, and without it all of them", many: true, completes: "store" },
        "discard-draft": { value: null, meaning: "throw unsaved work away that is in the way" },
        ...passphraseOptions,
      },
      notes: [
        ...passphraseNotes,
        "A file that is not sealed, or is sealed to the public key of this console, needs none. Whoever has that key can make such a",
        "file: compare what it says with whom it is from. An identity store is found again by its identifier, or by its name. One whose",
        "secrets are missing comes as a draft: nothing uses it until they are entered and it is saved. What is refused keeps no other",
        "one back.",
      ],
      examples: [
        { line: "messaging-console import site.age --plan < passphrase.txt", meaning: "what it would change" },
        { line: "messaging-console import site.age < passphrase.txt", meaning: "do it" },
      ],
      run: importStores,
    },
  ],
};

async function exportStores(context: VerbContext): Promise<ExitCode> {
  const file = word(context, 0);
  const made = await writeMade(file, async () => {
    const protection = await protectionOf(context);
    const client = await context.client();
    const storeIds = (await chosenStores(client, context)).map(({ id }) => id);
    const exported = await finish(await client.handover.export({ storeIds, protection }, { signal: context.signal }), () => undefined);
    return { content: Buffer.from(exported.base64, "base64"), made: { ...exported, sealed: protection.by === "nothing" ? null : protection.by } };
  });
  print(context, { file, stores: made.stores, sealed: made.sealed, missing: made.missing }, () => exportedText(file, made));
  return exitCodes.ok;
}

/** A passphrase is read only where one is meant. */
async function protectionOf(context: VerbContext): Promise<Protection> {
  const { to, unsealed, "passphrase-fd": descriptor } = context.options;
  if (!Array.isArray(to)) return unsealed === true ? { by: "nothing" } : { by: "passphrase", passphrase: await readPassphrase(context, ["export"]) };
  if (unsealed === true || descriptor !== undefined) throw new UsageError(`--to and --${unsealed === true ? "unsealed" : "passphrase-fd"} exclude each other`, ["export"]);
  if (to.length > BUNDLE_RECIPIENTS) throw new UsageError(`a file is sealed to at most ${BUNDLE_RECIPIENTS} keys`, ["export"]);
  return { by: "key", recipients: to };
}

const PROTECTION = { passphrase: "sealed with the passphrase", key: "sealed to the key", nothing: "without secrets" } as const;
const OPENED = { passphrase: "sealed with a passphrase", key: "sealed to the public key of this console, by anybody who has it", nothing: "not sealed" } as const;

function exportedText(file: string, { stores, missing, sealed }: Exported & { readonly sealed: BundleSeal }): string {
  const head = `${stores} identity ${stores === 1 ? "store" : "stores"} in ${file}, ${PROTECTION[sealed ?? "nothing"]}.`;
  return [head, ...missing.map(({ name, secrets }) => `  ${name} lacks ${secrets.join(", ")}`)].map(printable).join("\n");
}

async function importStores(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const { file } = take(await holdFile(client, "handover", word(context, 0)));
  const opened = await openBundle(context, client, file, ["import"]);
  const chosen = storesInBundle(opened, context);
  if (context.options["plan"] === true) {
    print(context, { ...opened, bundle: undefined, stores: chosen }, () => [headOf(opened), ...chosen.map(planText)].join("\n"));
    return exitCodeFor(chosen);
  }
  const stores = chosen.map(({ place, match }) => ({ place, storeId: match?.id ?? null }));
  const discardDrafts = context.options["discard-draft"] === true;
  const imported = await finish(await client.handover.apply({ bundle: opened.bundle, stores, discardDrafts }, { signal: context.signal }), () => undefined);
  print(context, imported, () => imported.map(importedText).join("\n"));
  return imported.length < stores.length ? exitCodes.stopped : exitCodeFor(imported);
}

function storesInBundle({ stores }: OpenedBundle, { options: { store: names } }: VerbContext): readonly ComparedStore[] {
  if (!Array.isArray(names)) return stores;
  return names.map((name) => {
    const found = stores.find((store) => store.name.toLowerCase() === name.trim().toLowerCase());
    if (found === undefined) throw new VerbFailure({ kind: "not-found", what: "store-name", detail: name });
    return found;
  });
}

function exitCodeFor(stores: readonly { readonly fault: ImportedStore["fault"] }[]): ExitCode {
  const refused = stores.find(({ fault }) => fault !== null)?.fault ?? null;
  return refused === null ? exitCodes.ok : exitCodeOf(refused);
}

function headOf({ stores, createdAt, createdBy, application, sealed }: OpenedBundle): string {
  return printable(`${stores.length} identity ${stores.length === 1 ? "store" : "stores"}, ${OPENED[sealed ?? "nothing"]}, made ${createdAt} by ${createdBy} with version ${application}`);
}

const lacking = (missing: readonly string[]) => (missing.length === 0 ? [] : [`  comes as a draft: enter ${missing.join(", ")}, then save it`]);
const refusal = (fault: ImportedStore["fault"]) => {
  if (fault === null) return [];
  const { sentence, nextStep, detail } = explain(fault);
  return [`  ${sentence} ${nextStep}`, ...(detail === null ? [] : detail.split("\n").map((line) => `    ${line}`))];
};

const STATES = { added: "new", changed: "changes", same: "as it is here", refused: "refused" } as const satisfies Record<ComparedStore["state"], string>;

function planText({ name, messaging, match, state, changes, missing, fault }: ComparedStore): string {
  const what = messaging === null ? "no provider" : entryName(messaging);
  const here = match === null || match.name === name ? "" : `, here as ${match.name}`;
  return [`${name} (${what}${here}): ${STATES[state]}`, ...(state === "changed" ? changes.map((change) => `  ${changeText(change)}`) : []), ...lacking(missing), ...refusal(fault)].map(printable).join("\n");
}

const OUTCOMES = { created: "created", saved: "saved", draft: "kept as a draft", same: "as it was", refused: "refused" } as const satisfies Record<ImportedStore["outcome"], string>;

function importedText({ name, outcome, revision, missing, fault }: ImportedStore): string {
  const head = `${name}: ${OUTCOMES[outcome]}${revision === null ? "" : `, revision ${revision}`}`;
  return [head, ...lacking(missing), ...refusal(fault)].map(printable).join("\n");
}
