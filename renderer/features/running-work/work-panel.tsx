/** Each work with its page, its progress and a way to stop it; then how it ended. */
import { Button, ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useRef } from "react";
import { useStore } from "zustand";
import { forgetWork, isRunning, runningWork, type WorkEntry } from "../../stores/running-work.ts";
import { say } from "../../text/text.ts";
import { useNow } from "../../ui/use-now.ts";
import { PageLink } from "../links/page-link.tsx";
import { nameOf, stateOf } from "./words.ts";

const useStyles = makeStyles({
  title: { margin: "0 0 8px", fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold, outlineStyle: "none" },
  list: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column", gap: "12px" },
  entry: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 12px" },
  words: { flexGrow: 1, flexBasis: "200px", minWidth: "0", display: "flex", flexDirection: "column", gap: "4px", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

function Entry({ entry, onLeave, onForgotten }: { readonly entry: WorkEntry; readonly onLeave: () => void; readonly onForgotten: () => void }) {
  const styles = useStyles();
  const now = useNow();
  const name = nameOf(entry);
  const running = isRunning(entry);
  const { done = null, total = null } = entry.progress ?? {};
  const forget = () => {
    forgetWork(entry.id);
    onForgotten();
  };
  return (
    <li className={styles.entry}>
      <span className={styles.words}>
        <PageLink to={entry.route} onFollow={onLeave}>
          {name}
        </PageLink>
        {running && <ProgressBar aria-label={name} {...(done !== null && total !== null ? { value: done, max: Math.max(total, 1) } : {})} />}
        <Text size={200} className={styles.quiet}>
          {stateOf(entry, Math.max(now, entry.ended?.at ?? 0))}
        </Text>
      </span>
      {/* One button, so that the focus stays on it when the work ends. */}
      <Button size="small" aria-label={say(running ? "running-work.cancel-of" : "running-work.forget-of", { work: name })} onClick={running ? entry.cancel : forget}>
        {say(running ? "ui.cancel" : "running-work.forget")}
      </Button>
    </li>
  );
}

/** `onLeave`: the person goes to a page from here. */
export function WorkPanel({ onLeave }: { readonly onLeave: () => void }) {
  const styles = useStyles();
  const entries = useStore(runningWork, (state) => state.entries);
  const title = useRef<HTMLHeadingElement | null>(null);
  return (
    <>
      <h2 ref={title} className={styles.title} tabIndex={-1}>
        {say("running-work.title")}
      </h2>
      {entries.length === 0 ? (
        <Text>{say("running-work.none")}</Text>
      ) : (
        <ul className={styles.list} aria-label={say("running-work.list")}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} onLeave={onLeave} onForgotten={() => title.current?.focus()} />
          ))}
        </ul>
      )}
    </>
  );
}
