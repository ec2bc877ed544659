import { listingProgress } from "../../../../renderer/text/progress.ts";
import { releaseName } from "../../../../renderer/text/provider.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { ServerEntry } from "../../../../shared/model/mail-server.ts";
import type { MessagingConfiguration } from "../../../../shared/model/messaging.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { storeOption } from "../options.ts";
import { isoTime, print, table } from "../output.ts";
import { findStore, finish, required, take } from "../take.ts";
import type { Verb, VerbContext } from "../verb.ts";

export const servers: Verb = {
  name: "servers",
  forms: [
    {
      choice: null,
      meaning: "list a store's saved mail servers with their priorities",
      words: [],
      options: { store: storeOption },
      examples: [{ line: 'messaging-console servers --store "Contoso HQ"', meaning: "in the order in which they are tried" }],
      run: (context) => show(context),
    },
    {
      choice: "--sync",
      meaning: "ask the directory or cloud for them, with the saved account",
      words: [],
      options: { store: storeOption, save: { value: null, meaning: "save the listing; without it nothing is kept" } },
      notes: ["Unsaved work is neither used nor touched. A listing that says what is known makes no new revision."],
      examples: [{ line: 'messaging-console servers --sync --save --store "Contoso HQ"', meaning: "list the servers anew and save the listing" }],
      run: sync,
    },
  ],
};

async function show(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const { id, name, hasDraft } = await findStore(client, required(context, "store"));
  const { saved, store } = take(await client.editor.open({ storeId: id }));
  tell(context, { store: name, configuration: saved, revision: store.revision, hasDraft }, []);
  return exitCodes.ok;
}

async function sync(context: VerbContext): Promise<ExitCode> {
  const save = context.options["save"] === true;
  const client = await context.client();
  const { id, name, hasDraft } = await findStore(client, required(context, "store"));
  context.progress(listingProgress(null));
  const events = await client.servers.relist({ storeId: id, save }, { signal: context.signal });
  const { configuration, revision } = await finish(events, (event) => context.progress(listingProgress(event)));
  const outcome = revision === null ? say("command-line.not-saved-yet") : say("command-line.saved-as", { revision });
  tell(context, { store: name, configuration, revision, hasDraft }, [outcome]);
  return exitCodes.ok;
}

interface Listed {
  readonly store: string;
  /** Null where nothing is saved. */
  readonly configuration: MessagingConfiguration | null;
  /** The revision that holds it; null while none does. */
  readonly revision: number | null;
  readonly hasDraft: boolean;
}

function tell(context: VerbContext, { store, configuration, revision, hasDraft }: Listed, outcome: readonly string[]): void {
  const { syncedAt = null, notShown = [], complete = true, servers: listed = [] } = configuration ?? {};
  const ordered = inOrder(listed);
  print(context, { store, revision, hasDraft, syncedAt, notShown, complete, servers: ordered }, () =>
    [...(configuration === null ? [say("command-line.no-messaging")] : asLines(configuration, ordered)), ...outcome, ...(hasDraft ? [say("command-line.has-draft")] : [])].join("\n"),
  );
}

/** By priority, then by name: the order in which they are tried. */
function inOrder(entries: readonly ServerEntry[]): readonly ServerEntry[] {
  return entries.toSorted((one, other) => (one.priority ?? Infinity) - (other.priority ?? Infinity) || one.name.localeCompare(other.name));
}

function asLines({ provider, notShown, complete, syncedAt }: MessagingConfiguration, listed: readonly ServerEntry[]): readonly string[] {
  return [
    listed.length === 0
      ? say("command-line.no-servers-listed")
      : table(
          [say("servers.column-priority"), say("servers.column-server"), say("servers.column-version"), say("servers.detail-site"), say("command-line.column-note")],
          listed.map((entry) => [entry.priority, entry.name, entry.version === null ? null : releaseName(provider, entry.version), entry.site, entry.vanished ? say("servers.vanished") : null]),
        ),
    ...notShown.map(({ version, count }) => say("servers.not-shown", { version: releaseName(provider, version), count })),
    ...(complete === true ? [] : [say(`servers.incomplete-${complete}`)]),
    syncedAt === null ? say("servers.never-synced") : say("servers.synced-at", { time: isoTime(syncedAt) ?? "" }),
  ];
}
