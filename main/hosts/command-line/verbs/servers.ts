import { releaseName } from "../../../../renderer/text/provider.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { ServerEntry } from "../../../../shared/model/mail-server.ts";
import type { MessagingView } from "../../../../shared/model/messaging.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { storeOption } from "../options.ts";
import { isoTime, print, printable, table } from "../output.ts";
import { findStore, finish, required, take } from "../take.ts";
import type { Verb, VerbContext } from "../verb.ts";

export const servers: Verb = {
  name: "servers",
  forms: [
    {
      choice: null,
      meaning: "list a store's mail servers with their priorities",
      words: [],
      options: { store: storeOption },
      examples: [{ line: 'messaging-console servers --store "Contoso HQ"', meaning: "in the order in which they are tried" }],
      run: (context) => show(context),
    },
    {
      choice: "--sync",
      meaning: "ask the directory or cloud for them first",
      words: [],
      options: { store: storeOption, save: { value: null, meaning: "save the listing; without it, it is kept as a draft" } },
      examples: [{ line: 'messaging-console servers --sync --save --store "Contoso HQ"', meaning: "list the servers anew and save the listing" }],
      run: sync,
    },
  ],
};

async function sync(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const store = await findStore(client, required(context, "store"));
  const events = await client.editor.sync({ storeId: store.id }, { signal: context.signal });
  await finish(events, (event) => {
    if (!context.json) context.stderr.write(`${printable([event.step, event.detail ?? event.rung?.rung].filter(Boolean).join(" "))}\n`);
  });
  if (context.options["save"] === true) {
    take(await client.editor.save({ storeId: store.id, expectedRevision: store.revision }));
  }
  return show(context);
}

async function show(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const store = await findStore(client, required(context, "store"));
  const state = take(await client.editor.open({ storeId: store.id }));
  const draft = state.draft?.forms[state.draft.choice.provider];
  const shown = draft ?? state.saved;
  const listed = inOrder(shown?.servers ?? []);
  print(
    context,
    { store: store.name, draft: draft !== undefined, syncedAt: shown?.syncedAt ?? null, notShown: shown?.notShown ?? [], complete: shown?.complete ?? true, servers: listed },
    () => asText(shown, listed, draft !== undefined),
  );
  return exitCodes.ok;
}

/** By priority, then by name: the order in which they are tried. */
function inOrder(entries: readonly ServerEntry[]): readonly ServerEntry[] {
  return entries.toSorted((one, other) => (one.priority ?? Infinity) - (other.priority ?? Infinity) || one.name.localeCompare(other.name));
}

function asText(shown: MessagingView | null, listed: readonly ServerEntry[], isDraft: boolean): string {
  if (shown === null) return "No messaging provider is set.";
  const lines = [
    listed.length === 0
      ? "No servers are listed."
      : table(
          ["Prio", "Server", "Version", "Site", "Note"],
          listed.map((entry) => [entry.priority, entry.name, entry.version === null ? null : releaseName(shown.provider, entry.version), entry.site, entry.vanished ? "no longer listed" : null]),
        ),
    ...shown.notShown.map(({ version, count }) => say("servers.not-shown", { version: releaseName(shown.provider, version), count })),
    ...(shown.complete === true ? [] : [say(`servers.incomplete-${shown.complete}`)]),
    `Synced: ${isoTime(shown.syncedAt) ?? "never"}`,
    ...(isDraft ? ["This is a draft: it is not saved yet."] : []),
  ];
  return lines.join("\n");
}
