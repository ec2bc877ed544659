/** The passphrase of a file that is to be made: typed, or suggested as words; with what it is worth. */
import { Button, Field, Input, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { PASSPHRASE_MOST } from "../../../shared/contract/handover.ts";
import type { Fault } from "../../../shared/fault.ts";
import { PASSPHRASE_LEAST } from "../../../shared/rules/passphrase.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { announce, useAnnounced } from "../../ui/announce.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { usePastedPassword } from "../../ui/typed.ts";
import { useDeed } from "../../ui/use-deed.ts";
import { passphraseWorth } from "./passphrase-worth.ts";

const LEAST = { least: PASSPHRASE_LEAST };

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
});

export interface Passphrase {
  readonly text: string;
  /** What was typed the second time: counts while the first cannot be read. */
  readonly again: string;
  readonly shown: boolean;
}

export const noPassphrase: Passphrase = { text: "", again: "", shown: false };

/** Whether it was typed twice alike, or can be read. */
export const isSure = ({ text, again, shown }: Passphrase): boolean => shown || text === again;

interface PassphraseFieldsProps {
  readonly value: Passphrase;
  /** What main said against it. */
  readonly problem: string | null;
  readonly onValue: (value: Passphrase) => void;
  readonly onFault: (fault: Fault | null) => void;
}

export function PassphraseFields({ value, problem, onValue, onFault }: PassphraseFieldsProps) {
  const styles = useStyles();
  const pasted = usePastedPassword();
  const { text, again, shown } = value;
  const [left, setLeft] = useState(false);
  // Said when it becomes another one, not at each letter.
  const worth = text === "" ? null : say(`handover.worth-${passphraseWorth(text)}`, LEAST);
  useAnnounced(worth);
  const suggest = useDeed(async () => {
    onFault(null);
    const words = await ask(() => client().handover.words());
    if (!words.ok) {
      onFault(words.fault);
      return;
    }
    onValue({ text: words.value.passphrase, again: words.value.passphrase, shown: true });
    announce(say("handover.suggested"));
  });
  // Who has read it need not type it twice.
  const toggle = () => onValue({ text, again: shown ? text : again, shown: !shown });
  const differs = left && again !== "" && again !== text;
  return (
    <>
      <Field label={say("handover.passphrase")} required hint={worth ?? say("handover.passphrase-hint", LEAST)} {...(problem === null ? {} : { validationMessage: problem, validationState: "error" })}>
        <Input
          name="passphrase"
          type={shown ? "text" : "password"}
          autoComplete="new-password"
          spellCheck={false}
          maxLength={PASSPHRASE_MOST}
          value={text}
          onChange={(_event, data) => onValue({ ...value, text: data.value })}
          onPaste={pasted}
        />
      </Field>
      {!shown && (
        <Field label={say("handover.passphrase-again")} required {...(differs ? { validationMessage: say("handover.passphrase-differs"), validationState: "error" } : {})}>
          <Input
            name="passphrase-again"
            type="password"
            autoComplete="new-password"
            spellCheck={false}
            maxLength={PASSPHRASE_MOST}
            value={again}
            onChange={(_event, data) => onValue({ ...value, again: data.value })}
            onFocus={() => setLeft(false)}
            onBlur={() => setLeft(true)}
            onPaste={pasted}
          />
        </Field>
      )}
      <div className={styles.row}>
        <Button size="small" onClick={() => void suggest()}>
          {say("handover.suggest")}
        </Button>
        <Button size="small" disabledFocusable={text === ""} onClick={toggle}>
          {say(shown ? "handover.hide" : "handover.show")}
        </Button>
        {text !== "" && <CopyButton text={text} label={say("handover.copy-passphrase")} />}
      </div>
    </>
  );
}
