/** One entry a revision: what was done, by whom, when, and what changed. */
import { Badge, Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowUndoRegular, ChevronDownRegular, ChevronRightRegular } from "@fluentui/react-icons";
import { useId, useState } from "react";
import type { Revision } from "../../../shared/model/draft.ts";
import { changeText } from "../../text/change.ts";
import { formatDateTime } from "../../text/format.ts";
import { say, sayIfKnown } from "../../text/text.ts";
import { PageLink } from "../links/page-link.tsx";

/** So many changes are shown at once; more are behind a button. */
const SHOWN = 4;

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column", gap: "8px" },
  entry: {
    display: "flex",
    flexDirection: "column",
    gap: "4px",
    padding: "10px 14px",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 8px" },
  words: { flexGrow: 1, display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: "8px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  changes: { margin: "0", paddingLeft: "18px", overflowWrap: "anywhere" },
  more: { alignSelf: "flex-start" },
});

function Changes({ revision }: { readonly revision: Revision }) {
  const styles = useStyles();
  const id = useId();
  const [open, setOpen] = useState(false);
  const { changes, number } = revision;
  if (changes.length === 0) return null;
  const foldable = changes.length > SHOWN;
  const shown = foldable && !open ? [] : changes;
  return (
    <>
      {foldable && (
        <Button
          className={styles.more}
          size="small"
          appearance="subtle"
          icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
          aria-expanded={open}
          aria-controls={id}
          aria-label={say("history.show-changes", { number, changes: say("history.changes", { count: changes.length }) })}
          onClick={() => setOpen(!open)}
        >
          {say("history.changes", { count: changes.length })}
        </Button>
      )}
      <ul id={id} className={styles.changes} hidden={shown.length === 0}>
        {shown.map((change) => (
          <li key={change.key}>{changeText(change)}</li>
        ))}
      </ul>
    </>
  );
}

interface RevisionListProps {
  /** Newest first. */
  readonly revisions: readonly Revision[];
  /** The store's newest, which may be on another page. */
  readonly newest: number;
  readonly storeId: string;
  readonly onGoBack: (number: number) => void;
}

export function RevisionList({ revisions, newest, storeId, onGoBack }: RevisionListProps) {
  const styles = useStyles();
  return (
    <ol className={styles.list} aria-label={say("history.list")}>
      {revisions.map((revision) => {
        const { number, who, at, action, restoredFrom, tested } = revision;
        const mark = action === "saved" && tested !== "passed" ? say(`history.tested-${tested}`) : null;
        return (
          <li key={number} className={styles.entry}>
            <div className={styles.head}>
              <div className={styles.words}>
                <Text weight="semibold">{say("history.revision", { number })}</Text>
                <Text>{sayIfKnown(`history.action-${action}`, { number: restoredFrom ?? 0 }) ?? say("history.action-other")}</Text>
                {number === newest && <Badge appearance="tint">{say("history.current")}</Badge>}
                {mark !== null && <Badge appearance="outline">{mark}</Badge>}
                <Text className={styles.quiet}>{say("history.by-at", { who, time: formatDateTime(at) })}</Text>
              </div>
              {number !== newest && <PageLink to={{ page: "store", id: storeId, section: "compare", left: String(number), right: "saved" }}>{say("history.compare", { number })}</PageLink>}
              {number !== newest && (
                <Button
                  size="small"
                  icon={<ArrowUndoRegular />}
                  aria-label={say("history.go-back-of", { number })}
                  onClick={() => onGoBack(number)}
                >
                  {say("history.go-back")}
                </Button>
              )}
            </div>
            <Changes revision={revision} />
          </li>
        );
      })}
    </ol>
  );
}
