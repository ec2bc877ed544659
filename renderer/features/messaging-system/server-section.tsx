/** Server Status & Priority of the editor: listing, sentence, grid, and what one can do with a server. */
import { Button, MessageBar, MessageBarBody, Spinner, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowSyncRegular, ServerRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useStore } from "zustand";
import type { MessagingView, ProviderDescriptor } from "../../../shared/model/messaging.ts";
import { announce } from "../../ui/announce.ts";
import { moment } from "../../ui/moment.ts";
import { useNow } from "../../ui/use-now.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import type { Editor } from "../../stores/editor.ts";
import { currentForm, type ListingNews } from "../../stores/editor-model.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { listingCommands } from "../../text/listing-commands.ts";
import { listingProgress } from "../../text/progress.ts";
import { releaseName } from "../../text/provider.ts";
import { say } from "../../text/text.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { Commands } from "../mail-objects/commands.tsx";
import { FailoverSentence } from "../servers/failover-sentence.tsx";
import { SingleServer } from "../servers/single-server.tsx";
import { ServerBoard } from "./server-board.tsx";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  facts: { display: "flex", flexDirection: "column", gap: "2px" },
});

/** How many servers of which other releases a listing left out. */
function notShownText({ provider, notShown }: MessagingView): string {
  return notShown.map(({ version, count }) => say("servers.not-shown", { version: releaseName(provider, version), count })).join(" ");
}

function newsText({ added, gone }: ListingNews): string {
  const parts = [added > 0 && say("servers.sync-added", { count: added }), gone > 0 && say("servers.sync-gone", { count: gone })];
  return parts.filter((part) => part !== false).join(", ") || say("servers.sync-same");
}

function SyncBar({ editor, form, styles }: { readonly editor: Editor; readonly form: MessagingView; readonly styles: ReturnType<typeof useStyles> }) {
  const now = useNow();
  const sync = useStore(editor.state, (state) => state.sync);
  const [news, setNews] = useState<string | null>(null);
  const running = sync !== null && sync.ended === null;
  const list = async () => {
    setNews(null);
    const found = await editor.sync();
    if (found === null) return;
    setNews(newsText(found));
    announce(say("servers.sync-done", { news: newsText(found) }));
  };
  const stand = form.syncedAt === null ? say("servers.never-synced") : say("servers.synced-at", { time: moment(form.syncedAt, now) });
  return (
    <>
      {running ? (
        <>
          <Spinner size="tiny" label={listingProgress(sync.progress)} />
          <Button size="small" onClick={() => editor.cancel("sync")}>
            {say("servers.sync-cancel")}
          </Button>
        </>
      ) : (
        <Text className={styles.quiet}>{news === null ? stand : `${stand}: ${news}`}</Text>
      )}
      <Button icon={<ArrowSyncRegular />} disabledFocusable={running} onClick={() => void list()}>
        {say("servers.sync-again")}
      </Button>
    </>
  );
}

interface ServerSectionProps {
  readonly editor: Editor;
  readonly status: ServerStatusStore;
  readonly descriptor: ProviderDescriptor;
}

export function ServerSection({ editor, status, descriptor }: ServerSectionProps) {
  const styles = useStyles();
  const form = useStore(editor.state, currentForm);
  const fault = useStore(editor.state, (state) => state.sync?.ended?.fault ?? null);
  if (form === null || descriptor.servers === "none") return null;
  const single = descriptor.servers === "single";
  const commands = listingCommands(form.provider, form.values);
  const [only] = form.servers;
  return (
    <FormSection place="servers" title={say(single ? "servers.title-single" : "servers.title")} aside={<SyncBar editor={editor} form={form} styles={styles} />}>
      {fault !== null && fault.kind !== "cancelled" && <ErrorBox fault={fault} />}
      {form.complete !== true && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{say(`servers.incomplete-${form.complete}`)}</MessageBarBody>
        </MessageBar>
      )}
      {form.servers.length === 0 && form.syncedAt === null && !single && (
        <EmptyState icon={<ServerRegular />} title={say("servers.empty-title")} text={say("servers.empty-text")} />
      )}
      {form.servers.length === 0 && form.syncedAt !== null && <Text>{say("servers.empty-after-sync")}</Text>}
      {form.servers.length === 0 && form.syncedAt === null && single && <Text>{say("servers.single-empty")}</Text>}
      {single ? (
        only !== undefined && <SingleServer entry={only} status={status} storeId={editor.storeId} descriptor={descriptor} />
      ) : (
        <>
          <div className={styles.facts}>
            {form.servers.length > 0 && <FailoverSentence servers={form.servers} status={status} />}
            {form.notShown.length > 0 && (
              <Text className={styles.quiet}>{notShownText(form)}</Text>
            )}
          </div>
          <ServerBoard provider={form.provider} editor={editor} status={status} servers={form.servers} />
        </>
      )}
      {commands !== null && <Commands text={commands} of={say("servers.listing")} />}
    </FormSection>
  );
}
