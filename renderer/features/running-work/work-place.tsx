/** The place of running work in the header: how much runs, and behind it each with its progress and a way to stop it. */
import { Button, CounterBadge, Popover, PopoverSurface, PopoverTrigger, Tooltip, makeStyles } from "@fluentui/react-components";
import { TaskListSquareLtrRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useStore } from "zustand";
import { isRunning, runningWork } from "../../stores/running-work.ts";
import { say } from "../../text/text.ts";
import { WorkNotices } from "./work-notices.tsx";
import { WorkPanel } from "./work-panel.tsx";

const useStyles = makeStyles({
  place: { position: "relative", display: "flex" },
  badge: { position: "absolute", top: "0", right: "0", pointerEvents: "none" },
  surface: { width: "min(420px, calc(100vw - 24px))", boxSizing: "border-box", maxHeight: "70vh", overflowY: "auto" },
});

export function WorkPlace() {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const count = useStore(runningWork, ({ entries }) => entries.filter(isRunning).length);
  const label = count === 0 ? say("running-work.button-idle") : say("running-work.button", { count });
  return (
    <span className={styles.place}>
      <Popover open={open} onOpenChange={(_event, data) => setOpen(data.open)} trapFocus positioning="below-end">
        <PopoverTrigger disableButtonEnhancement>
          <Tooltip content={label} relationship="label">
            <Button appearance="subtle" icon={<TaskListSquareLtrRegular />} />
          </Tooltip>
        </PopoverTrigger>
        <PopoverSurface className={styles.surface} aria-label={say("running-work.title")}>
          <WorkPanel onLeave={() => setOpen(false)} />
        </PopoverSurface>
      </Popover>
      {count > 0 && <CounterBadge className={styles.badge} aria-hidden="true" size="small" color="brand" count={count} />}
      <WorkNotices />
    </span>
  );
}
