/** The provider drop-down, each entry with how long its vendor supports it. */
import { Dropdown, Field, Option, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useStore } from "zustand";
import type { ProviderEntry } from "../../../shared/model/messaging.ts";
import type { Editor } from "../../stores/editor.ts";
import { entryName } from "../../text/provider.ts";
import { say } from "../../text/text.ts";
import { useNow } from "../../ui/use-now.ts";

const useStyles = makeStyles({
  row: { display: "flex", alignItems: "flex-end", flexWrap: "wrap", columnGap: "12px", rowGap: "4px" },
  picker: { flexGrow: 1, maxWidth: "460px", minWidth: "min(240px, 100%)" },
  support: { paddingBottom: "6px", color: tokens.colorNeutralForeground2 },
  ended: { color: tokens.colorPaletteDarkOrangeForeground1, fontWeight: tokens.fontWeightSemibold },
  option: { display: "flex", flexDirection: "column" },
  remark: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

const keyOf = (entry: { readonly provider: string; readonly variant: string | null }) => `${entry.provider} ${entry.variant ?? ""}`;

/** How long the vendor supports it; null where there is no end. */
export function supportText(entry: ProviderEntry, now: number): { readonly ended: boolean; readonly text: string } | null {
  if (entry.supportEnds === null) return null;
  const ended = Date.parse(`${entry.supportEnds}T23:59:59`) < now;
  return ended
    ? { ended, text: `⚠ ${say("messaging-system.support-ended", { date: entry.supportEnds })}` }
    : { ended, text: say("messaging-system.support-ends", { date: entry.supportEnds }) };
}

export function ProviderPicker({ editor }: { readonly editor: Editor }) {
  const styles = useStyles();
  const now = useNow();
  const providers = useStore(editor.state, (state) => state.providers);
  const choice = useStore(editor.state, (state) => state.choice);
  const busy = useStore(editor.state, (state) => state.sync !== null && state.sync.ended === null);
  const entries = providers.flatMap((provider) => provider.entries);
  const current = choice === null ? undefined : entries.find((entry) => keyOf(entry) === keyOf(choice));
  const support = current === undefined ? null : supportText(current, now);

  return (
    <div className={styles.row} data-field="provider">
      <Field className={styles.picker} label={say("messaging-system.provider-label")}>
        <Dropdown
          inlinePopup
          placeholder={say("messaging-system.provider-placeholder")}
          disabled={busy}
          value={current === undefined ? "" : entryName(current)}
          selectedOptions={choice === null ? [] : [keyOf(choice)]}
          onOptionSelect={(_, data) => {
            const entry = entries.find((candidate) => keyOf(candidate) === data.optionValue);
            if (entry !== undefined && (choice === null || keyOf(entry) !== keyOf(choice))) editor.choose(entry);
          }}
        >
          {entries.map((entry) => {
            const remark = entry.available ? supportText(entry, now)?.text : say("messaging-system.provider-unavailable");
            return (
              <Option key={keyOf(entry)} value={keyOf(entry)} text={entryName(entry)} disabled={!entry.available}>
                <span className={styles.option}>
                  <span>{entryName(entry)}</span>
                  {remark !== undefined && <span className={styles.remark}>{remark}</span>}
                </span>
              </Option>
            );
          })}
        </Dropdown>
      </Field>
      {support !== null && <span className={mergeClasses(styles.support, support.ended && styles.ended)}>{support.text}</span>}
    </div>
  );
}
