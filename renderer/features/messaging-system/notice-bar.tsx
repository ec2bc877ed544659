/** What a provider's form says before its fields, with what is to be entered elsewhere ready to be copied. */
import { MessageBar, MessageBarBody, makeStyles, tokens } from "@fluentui/react-components";
import type { Notice } from "../../../shared/model/messaging.ts";
import { noticeText } from "../../text/provider.ts";
import { say } from "../../text/text.ts";
import { CopyButton } from "../../ui/copy-button.tsx";

const useStyles = makeStyles({
  list: { margin: "4px 0 8px", paddingLeft: "18px", fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
  bar: { paddingBottom: "8px" },
});

export function NoticeBar({ provider, notice }: { readonly provider: string; readonly notice: Notice }) {
  const styles = useStyles();
  const { tone, copies = [] } = notice;
  return (
    <MessageBar intent={tone} layout="multiline">
      <MessageBarBody>
        {noticeText(provider, notice)}
        {copies.length > 0 && (
          <>
            <ul className={styles.list}>
              {copies.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
            <div className={styles.bar}>
              <CopyButton text={copies.join(",")} label={say("messaging-system.copy-all", { count: copies.length })} />
            </div>
          </>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
