/** What two have made of the same, field by field: mine or theirs. Nothing is chosen beforehand, and nothing is lost by closing. */
import { Button, Field, Radio, RadioGroup, Text, makeStyles } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import type { Difference, Picks } from "../../shared/model/draft.ts";
import { draftKey } from "../../shared/rules/draft-changes.ts";
import { changeLabel, changeValue } from "../text/change.ts";
import { say } from "../text/text.ts";
import { firstFocus, ModalDialog } from "./modal-dialog.tsx";
import { moment } from "./moment.ts";
import { useNow } from "./use-now.ts";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: "12px", maxHeight: "45vh", overflowY: "auto", paddingInline: "2px" },
  value: { overflowWrap: "anywhere" },
  all: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

type Side = Picks[string];

const keyOf = ({ provider, key }: Difference) => draftKey(provider, key);

/** A server that is gone from the list leaves nothing to choose. */
const canStand = ({ key }: Difference) => !key.endsWith(".listed");

function valueOf(difference: Difference, side: Side): string {
  if (difference.secret && side === "theirs") return say("differences.theirs-secret");
  return changeValue(difference, side === "mine" ? "after" : "before") ?? say("changes.empty");
}

interface ChoiceProps {
  readonly difference: Difference;
  readonly picked: Side | undefined;
  readonly onPick: (side: Side) => void;
}

function Choice({ difference, picked, onPick }: ChoiceProps) {
  const styles = useStyles();
  const now = useNow();
  const { by, at } = difference;
  if (!canStand(difference)) {
    return (
      <div>
        <Text weight="semibold">{changeLabel(difference)}</Text> <Text>{say("differences.not-listed")}</Text>
      </div>
    );
  }
  return (
    <Field label={changeLabel(difference)} {...(by === null || at === null ? {} : { hint: say("differences.changed-by", { who: by, time: moment(at, now) }) })}>
      <RadioGroup value={picked ?? ""} onChange={(_, data) => onPick(data.value === "mine" ? "mine" : "theirs")}>
        {(["mine", "theirs"] as const).map((side) => (
          <Radio key={side} value={side} label={{ children: say(`differences.${side}`, { value: valueOf(difference, side) }), className: styles.value }} />
        ))}
      </RadioGroup>
    </Field>
  );
}

interface DifferenceDialogProps {
  readonly title: string;
  /** What happened, above the fields. */
  readonly children: ReactNode;
  readonly differences: readonly Difference[];
  readonly busy: boolean;
  readonly onSettle: (picks: Picks) => void;
  readonly onClose: () => void;
}

export function DifferenceDialog({ title, children, differences, busy, onSettle, onClose }: DifferenceDialogProps) {
  const styles = useStyles();
  const [picks, setPicks] = useState<Picks>({});
  const open = differences.filter(canStand);
  const isComplete = open.every((difference) => picks[keyOf(difference)] !== undefined);
  const pickAll = (side: Side) => setPicks(Object.fromEntries(open.map((difference) => [keyOf(difference), side])));
  const hasFields = differences.length > 0;
  return (
    <ModalDialog
      open
      question
      wide
      title={title}
      actions={
        <>
          {hasFields && (
            <Button appearance="primary" disabledFocusable={busy || !isComplete} onClick={() => onSettle(picks)}>
              {say("differences.settle")}
            </Button>
          )}
          <Button {...firstFocus} onClick={onClose}>
            {say(hasFields ? "differences.later" : "differences.close")}
          </Button>
        </>
      }
      onClose={onClose}
    >
      {children}
      {open.length > 1 && (
        <div className={styles.all}>
          {(["mine", "theirs"] as const).map((side) => (
            <Button key={side} size="small" onClick={() => pickAll(side)}>
              {say(`differences.${side}-everywhere`)}
            </Button>
          ))}
        </div>
      )}
      {hasFields && (
        <div className={styles.list}>
          {differences.map((difference) => (
            <Choice
              key={keyOf(difference)}
              difference={difference}
              picked={picks[keyOf(difference)]}
              onPick={(side) => setPicks((before) => ({ ...before, [keyOf(difference)]: side }))}
            />
          ))}
        </div>
      )}
    </ModalDialog>
  );
}
