/** Facts with their names, each that is worth it with a button that copies it. */
import { Button, Tooltip, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkRegular, CopyRegular } from "@fluentui/react-icons";
import { Fragment, type ReactNode } from "react";
import { say } from "../../text/text.ts";
import { useCopy } from "../../ui/copy.ts";

const useStyles = makeStyles({
  list: {
    margin: "0",
    display: "grid",
    gridTemplateColumns: "150px minmax(0, 1fr)",
    columnGap: "12px",
    "@media (max-width: 640px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  term: { color: tokens.colorNeutralForeground2, padding: "4px 0" },
  value: { margin: "0", display: "flex", alignItems: "flex-start", gap: "4px", minHeight: "28px" },
  words: { padding: "4px 0", overflowWrap: "anywhere", minWidth: "0" },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300 },
});

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  /** What the button copies; no button where it is absent. */
  readonly copy?: string;
  readonly code?: boolean;
}

function CopyFact({ label, text }: { readonly label: string; readonly text: string }) {
  const { copied, copy } = useCopy();
  return (
    <Tooltip content={copied ? say("ui.copied") : say("certificate-bench.copy-of", { label })} relationship="label">
      <Button size="small" appearance="subtle" icon={copied ? <CheckmarkRegular /> : <CopyRegular />} onClick={() => copy(text)} />
    </Tooltip>
  );
}

export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.list}>
      {facts.map(({ label, value, copy, code = false }) => (
        <Fragment key={label}>
          <dt className={styles.term}>{label}</dt>
          <dd className={styles.value}>
            <span className={mergeClasses(styles.words, code && styles.code)}>{value}</span>
            {copy !== undefined && copy !== "" && <CopyFact label={label} text={copy} />}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
