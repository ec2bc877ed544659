/** How the clouds are reached: directly, as the environment says, or through a web proxy of this name. */
import { Field, Input, Radio, RadioGroup, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { useStore } from "zustand";
import { preferencesSchema, type Preferences } from "../../../shared/contract/app.ts";
import type { Fault } from "../../../shared/fault.ts";
import { proxyAddressProblem } from "../../../shared/rules/proxy-address.ts";
import { readTyped } from "../../../shared/rules/typed-value.ts";
import { changePreferences, preferences } from "../../stores/preferences.ts";
import { say } from "../../text/text.ts";

const proxySchema = preferencesSchema.shape.proxy;

const useStyles = makeStyles({ address: { maxWidth: "360px" } });

export function ProxySetting({ onFault }: { readonly onFault: (fault: Fault | null) => void }) {
  const styles = useStyles();
  const saved = useStore(preferences, ({ proxy, proxyAddress }) => `${proxy} ${proxyAddress}`);
  const { proxy, proxyAddress } = preferences.getState();
  const [chosen, setChosen] = useState<Preferences["proxy"] | null>(null);
  const [entry, setEntry] = useState<string | null>(null);
  const choice = chosen ?? proxy;
  const address = entry ?? proxyAddress;
  const problem = proxyAddressProblem(address);
  const take = (change: Partial<Preferences>) => void changePreferences(change).then(onFault);
  const takeAddress = () => {
    const text = readTyped(address, "account");
    if (problem === null && `address ${text}` !== saved) take({ proxy: "address", proxyAddress: text });
  };
  const choose = (next: Preferences["proxy"]) => {
    setChosen(next);
    if (next !== "address") take({ proxy: next });
    else if (problem === null) take({ proxy: next, proxyAddress: readTyped(address, "account") });
  };
  const complaint = problem === null || (entry === null && address === "") ? {} : { validationMessage: say(`issues.${problem}`), validationState: "error" as const };
  return (
    <>
      <Field label={say("settings.proxy")} hint={say("settings.proxy-hint")}>
        <RadioGroup value={choice} onChange={(_event, data) => choose(proxySchema.parse(data.value))}>
          {proxySchema.options.map((option) => (
            <Radio key={option} value={option} label={say(`settings.proxy-${option}`)} />
          ))}
        </RadioGroup>
      </Field>
      {choice === "address" && (
        <Field label={say("settings.proxy-address-label")} hint={say("settings.proxy-address-hint")} {...complaint}>
          <Input
            className={styles.address}
            value={address}
            placeholder="http://proxy.contoso.com:8080"
            onChange={(_event, data) => setEntry(data.value)}
            onBlur={takeAddress}
            onKeyDown={(event) => event.key === "Enter" && takeAddress()}
          />
        </Field>
      )}
    </>
  );
}
