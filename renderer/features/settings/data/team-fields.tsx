/** The fields of a team's database: where it is, who signs in, and which certificates are trusted. */
import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import { say } from "../../../text/text.ts";
import { AuthorityChoice } from "../../identity-stores/authority-choice.tsx";
import { FormSection } from "../../identity-stores/form-section.tsx";
import { OptionLabel } from "../../identity-stores/option-label.tsx";
import { CertificateFile } from "./certificate-file.tsx";
import { Entry } from "./entry.tsx";
import type { TeamFormState } from "./use-team-form.ts";

const SIGN_INS = ["password", "certificate"] as const;
const AUTHORITIES = ["system", "file"] as const;

export function TeamFields({ team }: { readonly team: TeamFormState }) {
  const { form, change } = team;
  return (
    <>
      <FormSection title={say("data.section-place")}>
        <Entry team={team} name="host" label={say("data.host")} hint={say("data.host-hint")} maxLength={255} format="dns-name" />
        <Entry team={team} name="port" label={say("data.port")} maxLength={5} format="line" />
        <Entry team={team} name="database" label={say("data.database")} maxLength={63} format="line" />
      </FormSection>
      <FormSection title={say("data.section-account")}>
        <Entry team={team} name="user" label={say("data.user")} hint={say("data.user-hint")} maxLength={63} format="line" />
        <Field label={say("data.sign-in-by")}>
          <RadioGroup value={form.signInBy} onChange={(_event, data) => change({ signInBy: data.value === "certificate" ? "certificate" : "password" })}>
            {SIGN_INS.map((option) => (
              <Radio key={option} value={option} label={say(`data.sign-in-${option}`)} />
            ))}
          </RadioGroup>
        </Field>
        {form.signInBy === "password" ? (
          <Entry team={team} name="password" label={say("data.password")} maxLength={1024} format="password" />
        ) : (
          <CertificateFile team={team} />
        )}
      </FormSection>
      <FormSection title={say("data.section-protection")}>
        <Field label={say("identity-stores.trust")} hint={say("data.trust-hint")}>
          <RadioGroup value={form.authorityFrom} onChange={(_event, data) => change({ authorityFrom: data.value === "file" ? "file" : "system" })}>
            {AUTHORITIES.map((option) => (
              <Radio key={option} value={option} label={<OptionLabel name={say(`data.trust-${option}`)} hint={say(`data.trust-${option}-hint`)} />} />
            ))}
          </RadioGroup>
        </Field>
        {form.authorityFrom === "file" && (
          <AuthorityChoice
            name={form.authorityName}
            problem={team.problem("authorityName")}
            button={team.hold("authorityName")}
            onChosen={({ name, pem }) => change({ authorityName: name, authorityPem: pem })}
          />
        )}
      </FormSection>
    </>
  );
}
