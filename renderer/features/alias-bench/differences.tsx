/** Where JavaScript's answer may not be .NET's, with where it stands in the expression and why it matters. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { AliasAnswer } from "../../../shared/model/alias.ts";
import { say } from "../../text/text.ts";
import { groupedDifferences, type DifferenceGroup } from "./outcome.ts";

/** Places of one construct that are listed; a long pattern may hold hundreds. */
const MOST_PLACES = 4;

const useStyles = makeStyles({
  title: {
    fontWeight: tokens.fontWeightSemibold,
    cursor: "pointer",
    borderRadius: tokens.borderRadiusMedium,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  list: { margin: "6px 0 0", paddingLeft: "18px", display: "flex", flexDirection: "column", gap: "6px", maxWidth: "84ch" },
  effect: { fontWeight: tokens.fontWeightSemibold },
  places: { display: "block", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
});

function placesOf({ places }: DifferenceGroup): string {
  const named = places.slice(0, MOST_PLACES).map(({ text, offset }) => say("alias-bench.difference-at", { text, position: offset + 1 }));
  const more = places.length - MOST_PLACES;
  return [...named, ...(more > 0 ? [say("alias-bench.difference-more", { count: more })] : [])].join(", ");
}

export function Differences({ answer }: { readonly answer: Pick<AliasAnswer, "differences"> }) {
  const styles = useStyles();
  if (answer.differences.length === 0) return null;
  const groups = groupedDifferences(answer.differences);
  return (
    <details open>
      <summary className={styles.title}>{say("alias-bench.differences", { number: groups.length })}</summary>
      <ul className={styles.list}>
        {groups.map((group) => (
          <li key={`${group.effect} ${group.construct}`}>
            <span className={styles.effect}>{say(`alias-bench.effect-${group.effect}`)}: </span>
            {group.sentence}
            <span className={styles.places}>{placesOf(group)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
