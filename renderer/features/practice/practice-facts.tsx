/** What to type into the forms of the practice organisation, each with a button that copies it. */
import { Button, makeStyles, tokens, Tooltip } from "@fluentui/react-components";
import { CheckmarkRegular, CopyRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import type { PracticeFacts as Facts } from "../../../shared/contract/practice.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";

const useStyles = makeStyles({
  section: { display: "flex", flexDirection: "column", gap: "4px" },
  heading: { margin: "6px 0 0", fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: "0", display: "flex", flexDirection: "column" },
  fact: { display: "grid", gridTemplateColumns: "92px 1fr auto", alignItems: "center", columnGap: "8px", minHeight: "30px" },
  term: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  value: { margin: "0", overflowWrap: "anywhere" },
});

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  const styles = useStyles();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => void navigator.clipboard.writeText(value).then(() => setCopied(true));
  return (
    <div className={styles.fact}>
      <dt className={styles.term}>{label}</dt>
      <dd className={styles.value}>{value}</dd>
      <dd className={styles.value}>
        <Tooltip content={copied ? say("ui.copied") : say("practice.copy-of", { label })} relationship="label">
          <Button size="small" appearance="subtle" icon={copied ? <CheckmarkRegular /> : <CopyRegular />} onClick={copy} />
        </Tooltip>
      </dd>
    </div>
  );
}

/** Nothing while the facts are not known: they come with the next opening of the drawer. */
export function PracticeFacts() {
  const styles = useStyles();
  const [facts, setFacts] = useState<Facts | null>(null);
  useEffect(() => {
    let gone = false;
    void ask(() => client().practice.facts()).then((result) => {
      if (!gone && result.ok) setFacts(result.value);
    });
    return () => {
      gone = true;
    };
  }, []);
  if (facts === null) return null;
  return (
    <section className={styles.section} aria-label={say("practice.facts")}>
      <h3 className={styles.heading}>{say("practice.facts")}</h3>
      <dl className={styles.list}>
        <Fact label={say("practice.facts-domain")} value={facts.domain} />
        <Fact label={say("practice.facts-username")} value={facts.username} />
        <Fact label={say("practice.facts-password")} value={facts.password} />
      </dl>
      {facts.forms.map((form) => (
        <div key={form.provider}>
          <h4 className={styles.heading}>{form.provider}</h4>
          <dl className={styles.list}>
            {form.values.map(({ label, value }) => (
              <Fact key={label} label={label} value={value} />
            ))}
          </dl>
        </div>
      ))}
      {facts.files.length > 0 && (
        <div>
          <h4 className={styles.heading}>{say("practice.files")}</h4>
          <dl className={styles.list}>
            {facts.files.map((file) => (
              <Fact key={file.name} label={file.name} value={file.password} />
            ))}
          </dl>
        </div>
      )}
    </section>
  );
}
