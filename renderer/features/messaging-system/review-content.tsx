/** What a save changes, field by field, what stops working, and how the revision will be marked. */
import { MessageBar, MessageBarBody, MessageBarTitle, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Review, Stop } from "../../../shared/model/draft.ts";
import type { ProviderDescriptor, Tested } from "../../../shared/model/messaging.ts";
import { entryName, preventsText } from "../../text/provider.ts";
import { say } from "../../text/text.ts";
import { ChangeTable } from "../../ui/change-table.tsx";
import { moment } from "../../ui/moment.ts";
import { useNow } from "../../ui/use-now.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { margin: "4px 0 0", paddingLeft: "18px" },
});

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
      {review.changes.length === 0 ? <Text>{say("messaging-system.review-none")}</Text> : (
        <ChangeTable label={say("messaging-system.review-table")} changes={review.changes} before={say("messaging-system.review-before")} after={say("messaging-system.review-after")} short={short} />
      )}
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
