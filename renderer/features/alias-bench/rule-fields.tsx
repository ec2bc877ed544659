/** The rule: expression, presets, length and domain. */
import { Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useStore } from "zustand";
import { say } from "../../text/text.ts";
import { typedBox } from "../../ui/typed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { aliasBenchState, fillIn, valuesOfPreset } from "./bench-state.ts";
import { PresetMenu } from "./preset-menu.tsx";

const useStyles = makeStyles({
  pattern: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: "8px" },
  // Expressions are long: the section's narrower width for entries does not apply.
  grow: { flexGrow: 1, minWidth: "min(260px, 100%)", "& .fui-Input.fui-Input": { maxWidth: "none" } },
  code: { fontFamily: tokens.fontFamilyMonospace },
  // Level with the box, below the label's line.
  presets: { paddingTop: "24px" },
  row: { display: "flex", flexWrap: "wrap", gap: "16px" },
  length: { width: "200px" },
  domain: { flexGrow: 1, minWidth: "min(220px, 100%)", maxWidth: "360px" },
});

/** A `Field`'s properties for a sentence beside it. */
export function problemOf(sentence: string | undefined) {
  return sentence === undefined ? {} : ({ validationMessage: sentence, validationState: "error" } as const);
}

export function RuleFields() {
  const styles = useStyles();
  const { pattern, maximumLength, domain } = useStore(aliasBenchState, (state) => state.form);
  const problems = useStore(aliasBenchState, (state) => state.problems);
  return (
    <FormSection title={say("alias-bench.section-rule")}>
      <div className={styles.pattern}>
        <Field className={styles.grow} required label={say("alias-bench.pattern-label")} hint={say("alias-bench.pattern-hint")} {...problemOf(problems.pattern)}>
          <Input
            name="pattern"
            input={{ className: styles.code }}
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
            maxLength={4096}
            value={pattern}
            onChange={(_event, data) => fillIn({ pattern: data.value })}
          />
        </Field>
        <div className={styles.presets}>
          <PresetMenu onChoose={(id) => fillIn(valuesOfPreset(id))} />
        </div>
      </div>
      <div className={styles.row}>
        <Field className={styles.length} label={say("alias-bench.maximum-label")} hint={say("alias-bench.maximum-hint")} {...problemOf(problems.maximumLength)}>
          <Input
            name="maximumLength"
            inputMode="numeric"
            autoComplete="off"
            value={maximumLength}
            onChange={(_event, data) => fillIn({ maximumLength: data.value })}
          />
        </Field>
        <Field className={styles.domain} label={say("alias-bench.domain-label")} hint={say("alias-bench.domain-hint")}>
          <Input name="domain" spellCheck={false} autoComplete="off" maxLength={255} value={domain} onChange={(_event, data) => fillIn({ domain: data.value })} {...typedBox("dns-name", (read) => fillIn({ domain: read }))} />
        </Field>
      </div>
    </FormSection>
  );
}
