/** What to type into the forms of the practice organisation, each with a button that copies it. */
import { Button, makeStyles, tokens, Tooltip } from "@fluentui/react-components";
import { CheckmarkRegular, CopyRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import type { PracticeFacts as Facts } from "../../../shared/contract/practice.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { entryName, fieldWords } from "../../text/provider.ts";
import { say, sayIfKnown } from "../../text/text.ts";
import { useCopy } from "../../ui/copy.ts";

const useStyles = makeStyles({
  section: { display: "flex", flexDirection: "column", gap: "4px" },
  heading: { margin: "6px 0 0", fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: "0", display: "flex", flexDirection: "column" },
  fact: { display: "grid", gridTemplateColumns: "1fr auto", alignItems: "center", columnGap: "8px", padding: "3px 0" },
  term: { gridColumn: "1", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, overflowWrap: "anywhere" },
  copy: { gridColumn: "2", gridRow: "1 / span 2", margin: "0" },
  value: { gridColumn: "1", margin: "0", overflowWrap: "anywhere" },
});

interface FactProps {
  readonly label: string;
  readonly value: string;
  /** Whose form wants it, where several want something of the same name. */
  readonly form?: string;
}

function Fact({ label, value, form }: FactProps) {
  const styles = useStyles();
  const { copied, copy } = useCopy();
  return (
    <div className={styles.fact}>
      <dt className={styles.term}>{label}</dt>
      <dd className={styles.value}>{value}</dd>
      <dd className={styles.copy}>
        <Tooltip content={copied ? say("ui.copied") : say("practice.copy-of", { label: form === undefined ? label : say("practice.value-of-form", { label, form }) })} relationship="label">
          <Button size="small" appearance="subtle" icon={copied ? <CheckmarkRegular /> : <CopyRegular />} onClick={() => copy(value)} />
        </Tooltip>
      </dd>
    </div>
  );
}

/** The facts, or null while they are not known: they come with the next opening of the drawer. */
export function usePracticeFacts(): Facts | null {
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
  return facts;
}

/** What the directory form and Exchange's form want: first in the drawer, because it is needed first. */
export function PracticeAccount({ facts }: { readonly facts: Facts }) {
  const styles = useStyles();
  return (
    <section className={styles.section} aria-label={say("practice.facts")}>
      <h3 className={styles.heading}>{say("practice.facts")}</h3>
      <dl className={styles.list}>
        <Fact label={say("practice.facts-domain")} value={facts.domain} />
        <Fact label={say("practice.facts-username")} value={facts.username} />
        <Fact label={say("practice.facts-password")} value={facts.password} />
      </dl>
    </section>
  );
}

/** The field to type it into; of several values, which one: `Client secret (expired)`. */
function valueLabel(provider: string, field: string, variant: string | undefined): string {
  const { label } = fieldWords(provider, field);
  return variant === undefined ? label : say("practice.value-variant", { label, variant: sayIfKnown(`practice.variant-${variant}`) ?? variant });
}

/** What the other providers' forms want, and the files that can be chosen in them. */
export function PracticeForms({ facts }: { readonly facts: Facts }) {
  const styles = useStyles();
  const forms = facts.forms.filter(({ provider }) => provider !== "exchange");
  if (forms.length === 0 && facts.files.length === 0) return null;
  return (
    <section className={styles.section} aria-label={say("practice.facts-clouds")}>
      <h3 className={styles.heading}>{say("practice.facts-clouds")}</h3>
      {forms.map(({ provider, values }) => {
        const name = entryName({ provider, variant: null });
        return (
          <div key={provider}>
            <h4 className={styles.heading}>{name}</h4>
            <dl className={styles.list}>
              {values.map(({ field, value, variant }) => (
                <Fact key={value} form={name} label={valueLabel(provider, field, variant)} value={value} />
              ))}
            </dl>
          </div>
        );
      })}
      {facts.files.length > 0 && (
        <div>
          <h4 className={styles.heading}>{say("practice.files")}</h4>
          <dl className={styles.list}>
            {facts.files.map((file) => (
              <Fact key={file.name} label={say("practice.file-password", { name: file.name })} value={file.password} />
            ))}
          </dl>
        </div>
      )}
    </section>
  );
}
