/** A small number entry with buttons for up and down. Typing counts on Enter or when the field is left. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronUpRegular } from "@fluentui/react-icons";
import { useState, type KeyboardEvent } from "react";

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
  readonly max: number;
  readonly label: string;
  readonly upLabel: string;
  readonly downLabel: string;
  readonly disabled: boolean;
  readonly onChange: (value: number) => void;
  readonly onStep: (direction: "up" | "down") => void;
}

export function PriorityInput({ value, max, label, upLabel, downLabel, disabled, onChange, onStep }: PriorityInputProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState<string | null>(null);
  const closed = disabled || value === null;

  const finish = () => {
    const wanted = Number.parseInt(typed ?? "", 10);
    setTyped(null);
    if (Number.isInteger(wanted) && wanted !== value) onChange(Math.min(Math.max(wanted, 1), max));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") finish();
    if (event.key === "Escape" && typed !== null) {
      setTyped(null);
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
        data-priority-input=""
        disabled={closed}
        value={typed ?? (value === null ? "–" : String(value))}
        onChange={(event) => setTyped(event.currentTarget.value)}
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
            icon={<ChevronDownRegular fontSize={12} />}
            aria-label={downLabel}
            disabled={disabled}
            disabledFocusable={!disabled && value >= max}
            onClick={() => onStep("down")}
          />
        </>
      )}
    </div>
  );
}
