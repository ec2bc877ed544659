/** What a save changes, field by field, what stops working, and how the revision will be marked. */
import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import type { Change, Review, Stop } from "../../../shared/model/draft.ts";
import type { ProviderDescriptor, Tested } from "../../../shared/model/messaging.ts";
import { changeLabel, changeValue } from "../../text/change.ts";
import { entryName, preventsText } from "../../text/provider.ts";
import { say } from "../../text/text.ts";
import { moment } from "../../ui/moment.ts";
import { SMALL_WINDOW } from "../../ui/small-window.ts";
import { useNow } from "../../ui/use-now.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px" },
  scroller: { overflowY: "auto" },
  short: { maxHeight: "40vh", [SMALL_WINDOW]: { maxHeight: "none" } },
  row: { height: "auto" },
  cell: { height: "auto", overflowWrap: "anywhere", verticalAlign: "top", paddingBlock: "5px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { margin: "4px 0 0", paddingLeft: "18px" },
});

function Side({ text }: { readonly text: string | null }) {
  const styles = useStyles();
  return text === null ? <span className={styles.quiet}>{say("changes.empty")}</span> : <span>{text}</span>;
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

/** Before and after of every change. A secret shows that it changed. */
function ChangeTable({ changes, short }: { readonly changes: readonly Change[]; readonly short: boolean }) {
  const styles = useStyles();
  return (
    <section className={mergeClasses(styles.scroller, short && styles.short)} aria-label={say("messaging-system.review-table")} {...REACHABLE}>
      <Table size="small" aria-label={say("messaging-system.review-table")}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell>{say("messaging-system.review-field")}</TableHeaderCell>
            <TableHeaderCell>{say("messaging-system.review-before")}</TableHeaderCell>
            <TableHeaderCell>{say("messaging-system.review-after")}</TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {changes.map((change) => (
            <TableRow key={change.key} className={styles.row}>
              <TableCell className={styles.cell}>{changeLabel(change)}</TableCell>
              <TableCell className={styles.cell}>{change.secret ? "" : <Side text={changeValue(change, "before")} />}</TableCell>
              <TableCell className={styles.cell}>
                <Side text={changeValue(change, "after")} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}

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
