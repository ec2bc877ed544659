/** The columns of the server grid. Live cells listen to their own server alone, so that a tick elsewhere leaves them untouched. */
import { Button, Checkbox, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { ServerEntry, ServerStatus } from "../../../shared/model/mail-server.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { HostName } from "../../ui/host-name.tsx";
import { PriorityInput } from "../../ui/priority-input.tsx";
import type { GridColumn } from "../../ui/grid/types.ts";
import { releaseName } from "../../text/provider.ts";
import { say } from "../../text/text.ts";
import { CertificateCell, LatencyCell, SinceCell, StatusCell, TimeCell, sinceOf } from "./server-cells.tsx";
import type { TypedPriorities } from "./typed-priorities.ts";

/** What a row asks of the grid's owner. The object keeps its identity. */
export interface ServerActions {
  readonly tick: (name: string, ticked: boolean) => void;
  /** Any whole number: one before the first means the first, one beyond the last the last. */
  readonly setPriority: (name: string, priority: number) => void;
  readonly move: (name: string, direction: "up" | "down") => void;
  readonly explain: (name: string) => void;
}

export interface ServerRow {
  readonly id: string;
  readonly entry: ServerEntry;
  /** No server comes after it. */
  readonly last: boolean;
  readonly expanded: boolean;
}

const useStyles = makeStyles({
  vanished: { color: tokens.colorNeutralForeground3, textDecorationLine: "line-through" },
  ticked: { fontWeight: tokens.fontWeightSemibold },
  details: { minWidth: "28px", maxWidth: "28px", height: "28px", padding: "0" },
  closed: { opacity: 0.5 },
});

interface LiveProps {
  readonly status: ServerStatusStore;
  readonly name: string;
  readonly children: (live: ServerStatus | undefined) => ReactNode;
}

function Live({ status, name, children }: LiveProps) {
  return children(useStore(status, ({ byName }) => byName.get(name)));
}

interface CellProps {
  readonly row: ServerRow;
  readonly tabIndex: 0 | -1;
  readonly disabled: boolean;
  readonly actions: ServerActions;
}

/** Closed without being disabled: a control that cannot have the focus would lose it. */
function TickCell({ row: { entry }, tabIndex, disabled, actions }: CellProps) {
  const styles = useStyles();
  return (
    <Checkbox
      className={disabled ? styles.closed : ""}
      checked={entry.ticked}
      aria-disabled={disabled}
      tabIndex={tabIndex}
      aria-label={entry.name}
      indicator={{ style: { margin: "4px" } }}
      onChange={(_event, data) => !disabled && actions.tick(entry.name, data.checked === true)}
    />
  );
}

function PriorityCell({ row: { entry, last }, tabIndex, disabled, actions, typed }: CellProps & { readonly typed: TypedPriorities }) {
  const { name } = entry;
  const text = useStore(typed.store, (values) => values.get(name) ?? null);
  return (
    <PriorityInput
      value={entry.priority}
      typed={text}
      last={last}
      disabled={disabled}
      tabIndex={tabIndex}
      label={say("servers.priority-of", { server: name })}
      upLabel={say("servers.move-up-of", { server: name })}
      downLabel={say("servers.move-down-of", { server: name })}
      onType={(value) => typed.set(name, value)}
      onChange={(priority) => actions.setPriority(name, priority)}
      onStep={(direction) => actions.move(name, direction)}
    />
  );
}

function NameCell({ entry }: { readonly entry: ServerEntry }) {
  const styles = useStyles();
  return (
    <span className={mergeClasses(entry.ticked && styles.ticked, entry.vanished && styles.vanished)}>
      <HostName name={entry.name} />
    </span>
  );
}

interface DetailsButtonProps {
  readonly row: ServerRow;
  readonly tabIndex: 0 | -1;
  readonly onToggle: (name: string) => void;
}

function DetailsButton({ row: { id, expanded }, tabIndex, onToggle }: DetailsButtonProps) {
  const styles = useStyles();
  return (
    <Button
      className={styles.details}
      appearance="subtle"
      size="small"
      icon={expanded ? <ChevronDownRegular /> : <ChevronRightRegular />}
      tabIndex={tabIndex}
      aria-label={say("servers.details-of", { server: id })}
      aria-expanded={expanded}
      onClick={() => onToggle(id)}
    />
  );
}

/** A server's release as it is shown; empty where it is not known. */
export function versionOf(provider: string, { version }: ServerEntry): string {
  return version === null ? "" : releaseName(provider, version);
}

interface ColumnsOptions {
  readonly provider: string;
  readonly status: ServerStatusStore;
  readonly disabled: boolean;
  readonly actions: ServerActions;
  readonly typed: TypedPriorities;
  readonly onToggle: (name: string) => void;
}

export function serverColumns({ provider, status, disabled, actions, typed, onToggle }: ColumnsOptions): readonly GridColumn<ServerRow>[] {
  const live = (draw: (live: ServerStatus | undefined, row: ServerRow, tabIndex: 0 | -1) => ReactNode): GridColumn<ServerRow>["cell"] =>
    function cell(row, tabIndex) {
      return (
        <Live status={status} name={row.id}>
          {(now) => draw(now, row, tabIndex)}
        </Live>
      );
    };
  return [
    {
      id: "tick",
      title: say("servers.column-tick"),
      width: 36,
      holds: "control",
      cell: (row, tabIndex) => <TickCell row={row} tabIndex={tabIndex} disabled={disabled} actions={actions} />,
    },
    {
      id: "priority",
      title: say("servers.column-priority"),
      width: 90,
      holds: "controls",
      sortable: true,
      rank: ({ entry }) => entry.priority,
      cell: (row, tabIndex) => <PriorityCell row={row} tabIndex={tabIndex} disabled={disabled} actions={actions} typed={typed} />,
    },
    {
      id: "server",
      title: say("servers.column-server"),
      width: 140,
      grows: true,
      sortable: true,
      text: ({ id }) => id,
      cell: ({ entry }) => <NameCell entry={entry} />,
    },
    {
      id: "status",
      title: say("servers.column-status"),
      width: 140,
      grows: true,
      holds: "controls",
      cell: live((now, { entry }, tabIndex) => <StatusCell entry={entry} status={now} tabIndex={tabIndex} onExplain={actions.explain} />),
    },
    { id: "latency", title: say("servers.column-latency"), width: 160, from: 640, cell: live((now) => <LatencyCell status={now} />) },
    { id: "since", title: say("servers.column-since"), width: 52, from: 640, cell: live((now) => <SinceCell since={sinceOf(now)} />) },
    {
      id: "certificate",
      title: say("servers.column-certificate"),
      width: 84,
      from: 1080,
      cell: live((now) => <CertificateCell expiresAt={now?.certificateExpiresAt ?? null} />),
    },
    {
      id: "version",
      title: say("servers.column-version"),
      width: 110,
      from: 1080,
      sortable: true,
      text: ({ entry }) => versionOf(provider, entry),
      cell: ({ entry }) => versionOf(provider, entry),
    },
    {
      id: "site",
      title: say("servers.column-site"),
      width: 90,
      from: 1240,
      sortable: true,
      text: ({ entry }) => entry.site ?? "",
      cell: ({ entry }) => entry.site ?? "",
    },
    { id: "last-check", title: say("servers.column-last-check"), width: 76, from: 1080, cell: live((now) => <TimeCell at={now?.lastCheckAt ?? null} />) },
    { id: "next-check", title: say("servers.column-next-check"), width: 76, from: 1080, cell: live((now) => <TimeCell at={now?.nextCheckAt ?? null} />) },
    {
      id: "details",
      title: say("servers.column-details"),
      unseen: true,
      width: 28,
      holds: "control",
      cell: (row, tabIndex) => <DetailsButton row={row} tabIndex={tabIndex} onToggle={onToggle} />,
    },
  ];
}
