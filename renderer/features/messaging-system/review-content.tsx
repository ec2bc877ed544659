/** What a save changes, field by field, what stops working, and how the revision will be marked. */
import { MessageBar, MessageBarBody, MessageBarTitle, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo, useState } from "react";
import type { Change, Review, Stop } from "../../../shared/model/draft.ts";
import type { ProviderDescriptor, Tested } from "../../../shared/model/messaging.ts";
import { changeLabel, changeValue } from "../../text/change.ts";
import { entryName, preventsText } from "../../text/provider.ts";
import { say } from "../../text/text.ts";
import { moment } from "../../ui/moment.ts";
import { ShowMore } from "../../ui/show-more.tsx";
import { SMALL_WINDOW } from "../../ui/small-window.ts";
import { useNow } from "../../ui/use-now.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px" },
  scroller: { overflowY: "auto" },
  short: { maxHeight: "40vh", [SMALL_WINDOW]: { maxHeight: "none" } },
  table: {
    width: "100%",
    tableLayout: "fixed",
    borderCollapse: "collapse",
    "& td, & th": { padding: "5px 8px", textAlign: "left", verticalAlign: "top", overflowWrap: "anywhere", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
    "& th": { fontWeight: tokens.fontWeightRegular },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { margin: "4px 0 0", paddingLeft: "18px" },
});

/** One side of a change. No component: each of two thousand would cost more than its text. */
function side(text: string | null, quiet: string) {
  return text ?? <span className={quiet}>{say("changes.empty")}</span>;
}

function stopSentence(stop: Stop): string {
  switch (stop.kind) {
    case "replaced":
      return say("messaging-system.stop-replaced", { provider: entryName(stop) });
    case "prevented":
      return preventsText(stop.provider, stop.name);
    case "nothing-ticked":
    default:
      return say("messaging-system.stop-nothing-ticked");
  }
}

/** A part that scrolls must be reachable by keyboard. */
const REACHABLE = { tabIndex: 0 } as const;

/** So many changes are shown at once: a thousand servers may have another place, and as many rows hold the page up. */
const PAGE = 200;

/** Before and after of every change. A secret shows that it changed. */
const ChangeTable = memo(function ChangeTable({ changes, short }: { readonly changes: readonly Change[]; readonly short: boolean }) {
  const styles = useStyles();
  const [most, setMost] = useState(PAGE);
  const shown = changes.slice(0, most);
  return (
    <section className={mergeClasses(styles.scroller, short && styles.short)} aria-label={say("messaging-system.review-table")} {...REACHABLE}>
      <table className={styles.table} aria-label={say("messaging-system.review-table")}>
        <thead>
          <tr>
            <th scope="col">{say("messaging-system.review-field")}</th>
            <th scope="col">{say("messaging-system.review-before")}</th>
            <th scope="col">{say("messaging-system.review-after")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((change) => (
            <tr key={change.key}>
              <td>{changeLabel(change)}</td>
              <td>{change.secret ? "" : side(changeValue(change, "before"), styles.quiet)}</td>
              <td>{side(changeValue(change, "after"), styles.quiet)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ShowMore shown={shown.length} hasMore={shown.length < changes.length} onMore={() => setMost(most + PAGE)} />
    </section>
  );
});

interface ReviewContentProps {
  readonly review: Review;
  readonly tested: Tested;
  readonly descriptor: ProviderDescriptor;
  /** In a dialog: a long list scrolls in itself. */
  readonly short?: boolean;
}

export function ReviewContent({ review, tested, descriptor, short = false }: ReviewContentProps) {
  const styles = useStyles();
  const now = useNow();
  return (
    <div className={styles.root}>
      {review.changes.length === 0 ? <Text>{say("messaging-system.review-none")}</Text> : <ChangeTable changes={review.changes} short={short} />}
      {review.stops.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say("messaging-system.review-stops")}</MessageBarTitle>
            <ul className={styles.list}>
              {review.stops.map(stopSentence).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </MessageBarBody>
        </MessageBar>
      )}
      {descriptor.testable && tested.state === "untested" && <Text className={styles.quiet}>{say("messaging-system.review-untested")}</Text>}
      {descriptor.testable && tested.state === "failed" && (
        <Text className={styles.quiet}>{say("messaging-system.review-failed", { time: moment(tested.at, now) })}</Text>
      )}
    </div>
  );
}
