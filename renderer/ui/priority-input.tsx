/** A small number entry with buttons for up and down. Typing counts on Enter or when the field is left. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronUpRegular } from "@fluentui/react-icons";
import type { KeyboardEvent } from "react";

const useStyles = makeStyles({
  root: { display: "flex", alignItems: "center", gap: "1px" },
  input: {
    width: "34px",
    height: "24px",
    boxSizing: "border-box",
    textAlign: "center",
    font: "inherit",
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "0px" },
    ":disabled": { color: tokens.colorNeutralForegroundDisabled, backgroundColor: tokens.colorTransparentBackground },
  },
  step: { minWidth: "24px", maxWidth: "24px", height: "24px", padding: "0", borderRadius: tokens.borderRadiusSmall },
});

export interface PriorityInputProps {
  /** Null: the server has no priority, and the field is empty and closed. */
  readonly value: number | null;
  /** What is typed and does not count yet; null while nothing is. */
  readonly typed: string | null;
  /** Nothing comes after it. */
  readonly last: boolean;
  readonly label: string;
  readonly upLabel: string;
  readonly downLabel: string;
  readonly disabled: boolean;
  readonly tabIndex: 0 | -1;
  readonly onType: (typed: string | null) => void;
  /** A whole number that was typed, as it was typed. */
  readonly onChange: (value: number) => void;
  readonly onStep: (direction: "up" | "down") => void;
}

/** The number in what was typed; null where there is none. */
export function priorityTyped(typed: string): number | null {
  const wanted = Number.parseInt(typed, 10);
  return Number.isInteger(wanted) ? wanted : null;
}

export function PriorityInput({ value, typed, last, label, upLabel, downLabel, disabled, tabIndex, onType, onChange, onStep }: PriorityInputProps) {
  const styles = useStyles();
  const closed = disabled || value === null;

  const finish = () => {
    const wanted = priorityTyped(typed ?? "");
    onType(null);
    if (wanted !== null && wanted !== value) onChange(wanted);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") finish();
    if (event.key === "Escape" && typed !== null) {
      onType(null);
      event.stopPropagation();
    }
  };

  return (
    <div className={styles.root}>
      <input
        className={styles.input}
        inputMode="numeric"
        autoComplete="off"
        aria-label={label}
        tabIndex={tabIndex}
        disabled={closed}
        value={typed ?? (value === null ? "–" : String(value))}
        onChange={(event) => onType(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => typed !== null && finish()}
        onKeyDown={onKeyDown}
      />
      {value !== null && (
        <>
          <Button
            className={styles.step}
            appearance="subtle"
            size="small"
            tabIndex={tabIndex}
            icon={<ChevronUpRegular fontSize={12} />}
            aria-label={upLabel}
            disabled={disabled}
            disabledFocusable={!disabled && value <= 1}
            onClick={() => onStep("up")}
          />
          <Button
            className={styles.step}
            appearance="subtle"
            size="small"
            tabIndex={tabIndex}
            icon={<ChevronDownRegular fontSize={12} />}
            aria-label={downLabel}
            disabled={disabled}
            disabledFocusable={!disabled && last}
            onClick={() => onStep("down")}
          />
        </>
      )}
    </div>
  );
}
