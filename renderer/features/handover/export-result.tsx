/** What was exported, what was left out of it, and how to hand the passphrase over. */
import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import { say } from "../../text/text.ts";
import type { Saved } from "./export-work.ts";
import { secretList } from "./words.ts";
import type { HandedStore } from "../../../shared/contract/handover.ts";

const useStyles = makeStyles({ list: { margin: "4px 0 0", paddingLeft: "20px", overflowWrap: "anywhere" } });

export function exportWords({ stores, fileName, sealed }: Saved): string {
  const sum = say("handover.exported", { count: stores, file: fileName });
  return sealed === null ? sum : `${sum} ${say(`handover.exported-advice-${sealed}`)}`;
}

interface ExportResultProps {
  readonly saved: Saved;
  /** For the words of what was left out. */
  readonly stores: readonly HandedStore[];
}

export function ExportResult({ saved, stores }: ExportResultProps) {
  const styles = useStyles();
  const messagingOf = (name: string) => stores.find((store) => store.name === name)?.messaging ?? null;
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{say("handover.exported-title")}</MessageBarTitle>
        {exportWords(saved)}
        {saved.missing.length > 0 && (
          <>
            <br />
            {say("handover.exported-missing")}
            <ul className={styles.list} aria-label={say("handover.exported-missing")}>
              {saved.missing.map(({ name, secrets }, index) => (
                <li key={index}>{say("handover.missing-of", { name, secrets: secretList(messagingOf(name), secrets) })}</li>
              ))}
            </ul>
          </>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
