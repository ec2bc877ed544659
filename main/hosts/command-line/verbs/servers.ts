import { releaseName } from "../../../../renderer/text/provider.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { ServerEntry } from "../../../../shared/model/mail-server.ts";
import type { MessagingView } from "../../../../shared/model/messaging.ts";
import { exitCodes } from "../exit-codes.ts";
import { isoTime, print, printable, table } from "../output.ts";
import { findStore, finish, noWords, required, take } from "../take.ts";
import { UsageError, type Verb } from "../verb.ts";

export const servers: Verb = {
  name: "servers",
  usage: [
    ["servers --store NAME", "list a store's mail servers with their priorities"],
    ["servers --store NAME --sync", "ask the directory or cloud for them first; the listing is kept as a draft"],
    ["servers --store NAME --sync --save", "the same, and save the draft"],
  ],
  options: { store: { type: "string" }, sync: { type: "boolean" }, save: { type: "boolean" } },
  async run(context) {
    noWords(context);
    const name = required(context, "store");
    if (context.options["save"] === true && context.options["sync"] !== true) throw new UsageError("--save goes with --sync");
    const client = await context.client();
    const store = await findStore(client, name);
    if (context.options["sync"] === true) {
      const events = await client.editor.sync({ storeId: store.id }, { signal: context.signal });
      await finish(events, (event) => {
        if (!context.json) context.stderr.write(`${printable([event.step, event.detail ?? event.rung?.rung].filter(Boolean).join(" "))}\n`);
      });
      if (context.options["save"] === true) {
        take(await client.editor.save({ storeId: store.id, expectedRevision: store.revision }));
      }
    }
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
  },
};

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
