/** The grid with everything that a server's row can ask for. */
import { useCallback, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { ServerEntry } from "../../../shared/model/mail-server.ts";
import { isNamedAlone } from "../../../shared/rules/named-server.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import type { Editor } from "../../stores/editor.ts";
import { currentForm, type ServerChange } from "../../stores/editor-model.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { useCopy } from "../../ui/copy.ts";
import type { RowAction } from "../../ui/grid/types.ts";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { checkRecord, LadderDialog } from "../servers/ladder-dialog.tsx";
import { MoveDialog } from "../servers/move-dialog.tsx";
import { stateWord } from "../../text/health.ts";
import { serverFacts } from "../servers/server-details.tsx";
import { ServerGrid } from "../servers/server-grid.tsx";
import { useServerNews } from "../servers/server-news.ts";
import { NameServer } from "./name-server.tsx";

/** Everything known about a server as lines of text. */
function recordOf(provider: string, entry: ServerEntry, status: ServerStatusStore): string {
  const live = status.getState().byName.get(entry.name);
  const facts = serverFacts(provider, entry, live, Date.now()).map(([label, value]) => `${label}: ${value}`);
  const check = live?.lastCheck ?? null;
  return [`${entry.name}: ${stateWord(live)}`, ...facts, ...(check === null ? [] : [checkRecord(entry.name, check)])].join("\n");
}

interface ServerBoardProps {
  readonly provider: string;
  readonly editor: Editor;
  readonly status: ServerStatusStore;
  readonly servers: readonly ServerEntry[];
}

export function ServerBoard({ provider, editor, status, servers }: ServerBoardProps) {
  const [explained, setExplained] = useState<string | null>(null);
  const [moving, setMoving] = useState<string | null>(null);
  const disabled = useStore(editor.state, (state) => state.sync !== null && state.sync.ended === null);
  const { storeId } = editor;
  const { copy } = useCopy(true);
  useServerNews(status);

  const check = useCallback((names: string[] | null) => void ask(() => client().servers.check({ storeId, names })), [storeId]);
  const actions = useMemo(() => {
    const priorityOf = (name: string) => currentForm(editor.state.getState())?.servers.find((entry) => entry.name === name)?.priority ?? null;
    const place = (name: string, to: ServerChange["to"]): boolean => {
      if (!editor.moveServer(name, to)) return false;
      const priority = priorityOf(name);
      if (priority !== null) announce(say("servers.announce-moved", { server: name, priority }));
      return true;
    };
    const checkSoon = (name: string) => void editor.flush().then(() => ask(() => client().servers.check({ storeId: editor.storeId, names: [name] })));
    return {
      tick: (name: string, ticked: boolean) => {
        place(name, ticked ? "last" : "none");
        if (ticked) checkSoon(name);
      },
      setPriority: (name: string, priority: number) => void place(name, priority),
      move: (name: string, direction: "up" | "down") => {
        const priority = priorityOf(name);
        if (priority !== null) place(name, Math.max(1, priority + (direction === "up" ? -1 : 1)));
      },
      name: (name: string): boolean => {
        const isNews = place(name, "named");
        if (isNews) checkSoon(name);
        return isNews;
      },
      takeOut: (name: string) => {
        if (editor.moveServer(name, "unnamed")) announce(say("messaging-system.announce-taken-out", { server: name }));
      },
      explain: setExplained,
    };
  }, [editor]);
  const menuOf = useCallback(
    (name: string): readonly RowAction[] => {
      const entry = servers.find((candidate) => candidate.name === name);
      if (entry === undefined) return [];
      const paused = status.getState().byName.get(name)?.activity === "paused";
      const pause = () => void ask(() => client().servers.setPaused({ storeId, name, paused: !paused }));
      return [
        { id: "check", label: say("servers.check-now"), onChoose: () => check([name]) },
        { id: "pause", label: say(paused ? "servers.resume" : "servers.pause"), onChoose: pause },
        ...(isNamedAlone(entry) && !disabled ? [{ id: "take-out", label: say("messaging-system.server-take-out"), onChoose: () => actions.takeOut(name) }] : []),
        ...(entry.ticked && !disabled ? [{ id: "move", label: say("servers.move-to"), onChoose: () => setMoving(name) }] : []),
        { id: "copy", label: say("servers.copy-details"), onChoose: () => copy(recordOf(provider, entry, status)) },
      ];
    },
    [servers, status, storeId, provider, disabled, check, copy, actions],
  );

  useShortcut("F5", () => check(null));
  useShortcut("Control+Z", () => {
    const typing = document.activeElement?.matches("input:not([type=checkbox]), textarea") ?? false;
    if (typing || disabled) return;
    if (editor.undoServers()) announce(say("servers.announce-undone"));
  });

  const moved = moving === null ? undefined : servers.find((entry) => entry.name === moving);
  return (
    <>
      {servers.length > 0 && <ServerGrid storeId={storeId} provider={provider} servers={servers} status={status} disabled={disabled} actions={actions} menuOf={menuOf} />}
      <NameServer disabled={disabled} onName={actions.name} />
      {moved !== undefined && (
        <MoveDialog
          server={moved.name}
          priority={moved.priority ?? 1}
          max={servers.filter((entry) => entry.ticked).length}
          onMove={(priority) => actions.setPriority(moved.name, priority)}
          onClose={() => setMoving(null)}
        />
      )}
      {explained !== null && <LadderDialog server={explained} status={status} onCheck={(name) => check([name])} onClose={() => setExplained(null)} />}
    </>
  );
}
