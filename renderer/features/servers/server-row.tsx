/** One server. Listens to its own status alone, so that a tick elsewhere leaves it untouched. */
import { Button, Checkbox, TableRow, mergeClasses } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular, MoreHorizontalRegular } from "@fluentui/react-icons";
import { memo } from "react";
import { useStore } from "zustand";
import type { ServerEntry } from "../../../shared/model/mail-server.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { HostName } from "../../ui/host-name.tsx";
import { PriorityInput } from "../../ui/priority-input.tsx";
import { releaseName } from "../../text/provider.ts";
import { say } from "../../text/text.ts";
import { GridCell } from "./grid-cell.tsx";
import type { GridStyles } from "./grid-layout.ts";
import { CertificateCell, LatencyCell, SinceCell, StatusCell, TimeCell, sinceOf } from "./server-cells.tsx";
import { ServerDetails } from "./server-details.tsx";

/** What a row asks of the grid. The object keeps its identity, so that rows can be memoised. */
export interface RowActions {
  readonly tick: (name: string, ticked: boolean) => void;
  readonly setPriority: (name: string, priority: number) => void;
  readonly move: (name: string, direction: "up" | "down") => void;
  readonly explain: (name: string) => void;
  readonly toggleDetails: (name: string) => void;
  readonly openMenu: (name: string, target: HTMLElement) => void;
}

export interface ServerRowProps {
  readonly provider: string;
  readonly entry: ServerEntry;
  /** Place among all rows, from 0. */
  readonly index: number;
  readonly ticked: number;
  readonly expanded: boolean;
  readonly disabled: boolean;
  readonly status: ServerStatusStore;
  readonly actions: RowActions;
  readonly styles: GridStyles;
}

export const ServerRow = memo(function ServerRow({ provider, entry, index, ticked, expanded, disabled, status, actions, styles }: ServerRowProps) {
  const live = useStore(status, (state) => state.byName.get(entry.name));
  const { name } = entry;
  return (
    <TableRow
      className={mergeClasses(styles.columns, styles.row)}
      data-server={name}
      aria-rowindex={index + 2}
    >
      <GridCell className={styles.tick}>
        <Checkbox
          checked={entry.ticked}
          disabled={disabled}
          aria-label={name}
          indicator={{ style: { margin: "4px" } }}
          onChange={(_, data) => actions.tick(name, data.checked === true)}
        />
      </GridCell>
      <GridCell>
        <PriorityInput
          value={entry.priority}
          max={ticked}
          disabled={disabled}
          label={say("servers.priority-of", { server: name })}
          upLabel={say("servers.move-up-of", { server: name })}
          downLabel={say("servers.move-down-of", { server: name })}
          onChange={(priority) => actions.setPriority(name, priority)}
          onStep={(direction) => actions.move(name, direction)}
        />
      </GridCell>
      <GridCell className={mergeClasses(entry.ticked && styles.ticked, entry.vanished && styles.vanished)}>
        <HostName name={name} />
      </GridCell>
      <GridCell>
        <StatusCell entry={entry} status={live} onExplain={actions.explain} />
      </GridCell>
      <GridCell className={styles.live}>
        <LatencyCell status={live} />
      </GridCell>
      <GridCell className={styles.live}>
        <SinceCell since={sinceOf(live)} />
      </GridCell>
      <GridCell className={styles.secondary}>
        <CertificateCell expiresAt={live?.certificateExpiresAt ?? null} />
      </GridCell>
      <GridCell className={styles.secondary}>
        {entry.version === null ? "" : releaseName(provider, entry.version)}
      </GridCell>
      <GridCell className={styles.secondary}>
        <TimeCell at={live?.lastCheckAt ?? null} />
      </GridCell>
      <GridCell className={styles.secondary}>
        <TimeCell at={live?.nextCheckAt ?? null} />
      </GridCell>
      <GridCell className={styles.actions}>
        <Button
          className={styles.action}
          appearance="subtle"
          size="small"
          icon={expanded ? <ChevronDownRegular /> : <ChevronRightRegular />}
          aria-label={say("servers.details-of", { server: name })}
          aria-expanded={expanded}
          onClick={() => actions.toggleDetails(name)}
        />
        <Button
          className={styles.action}
          appearance="subtle"
          size="small"
          icon={<MoreHorizontalRegular />}
          aria-label={say("servers.actions-of", { server: name })}
          aria-haspopup="menu"
          onClick={(event) => actions.openMenu(name, event.currentTarget)}
        />
      </GridCell>
      {expanded && <ServerDetails provider={provider} entry={entry} status={live} styles={styles} />}
    </TableRow>
  );
});
