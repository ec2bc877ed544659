/** What becomes of users who left: in stages, with days in between. */
import { Checkbox, Radio, RadioGroup, Field } from "@fluentui/react-components";
import { useState } from "react";
import type { Issue } from "../../../shared/fault.ts";
import type { Deprovision } from "../../../shared/model/leaver.ts";
import { say } from "../../text/text.ts";
import { OptionLabel } from "../identity-stores/option-label.tsx";
import { issuesAt } from "./draft-issues.ts";
import { LinesBox, NumberBox, problemOf } from "./fields.tsx";

/** As it stands when it is chosen: a month in which somebody may come back, and nobody is deleted. */
export const LEAVING: Deprovision = { products: "all", blockSignIn: true, unlicenseAfterDays: 30, deleteAfterDays: null };
const DELETE_AFTER_DAYS = 90;

interface StagesProps {
  readonly deprovision: Deprovision;
  readonly issues: readonly Issue[];
  readonly onDeprovision: (deprovision: Deprovision) => void;
}

function Stages({ deprovision, issues, onDeprovision }: StagesProps) {
  const { products, blockSignIn, unlicenseAfterDays, deleteAfterDays } = deprovision;
  /** What was named is there again for whoever comes back to it. */
  const [named, setNamed] = useState<readonly string[]>([]);
  const choose = (value: string) => {
    if (products !== "all") setNamed(products);
    onDeprovision({ ...deprovision, products: value === "all" ? "all" : [...named] });
  };
  return (
    <>
      <Checkbox label={say("job-editor.leaving-block")} checked={blockSignIn} onChange={(_event, data) => onDeprovision({ ...deprovision, blockSignIn: data.checked === true })} />
      <NumberBox
        name="unlicense-after"
        label={say("job-editor.leaving-unlicense-after")}
        hint={say("job-editor.leaving-unlicense-hint")}
        value={unlicenseAfterDays}
        empty={Number.NaN}
        issues={issuesAt(issues, "deprovision", "unlicenseAfterDays")}
        onValue={(value) => onDeprovision({ ...deprovision, unlicenseAfterDays: value })}
      />
      <Field label={say("job-editor.leaving-products")}>
        <RadioGroup value={products === "all" ? "all" : "named"} onChange={(_event, data) => choose(data.value)}>
          <Radio value="all" label={say("job-editor.leaving-products-all")} />
          <Radio value="named" label={say("job-editor.leaving-products-named")} />
        </RadioGroup>
      </Field>
      {products !== "all" && (
        <LinesBox
          name="leaving-products"
          label={say("job-editor.leaving-part-numbers")}
          hint={say("job-editor.leaving-part-numbers-hint")}
          value={products}
          issues={issuesAt(issues, "deprovision", "products")}
          onValue={(value) => onDeprovision({ ...deprovision, products: value })}
        />
      )}
      <Checkbox label={say("job-editor.leaving-delete")} checked={deleteAfterDays !== null} onChange={(_event, data) => onDeprovision({ ...deprovision, deleteAfterDays: data.checked === true ? DELETE_AFTER_DAYS : null })} />
      {deleteAfterDays !== null && (
        <NumberBox
          name="delete-after"
          label={say("job-editor.leaving-delete-after")}
          hint={say("job-editor.leaving-delete-hint")}
          value={deleteAfterDays}
          empty={Number.NaN}
          issues={issuesAt(issues, "deprovision", "deleteAfterDays")}
          onValue={(value) => onDeprovision({ ...deprovision, deleteAfterDays: value })}
        />
      )}
    </>
  );
}

interface LeavingFieldsProps {
  readonly deprovision: Deprovision | null;
  readonly issues: readonly Issue[];
  readonly onDeprovision: (deprovision: Deprovision | null) => void;
}

export function LeavingFields({ deprovision, issues, onDeprovision }: LeavingFieldsProps) {
  return (
    <>
      <Field {...problemOf(issuesAt(issues, "deprovision").filter(({ path }) => path.length === 1))}>
        <Checkbox
          label={<OptionLabel name={say("job-editor.leaving")} hint={say("job-editor.leaving-hint")} />}
          checked={deprovision !== null}
          onChange={(_event, data) => onDeprovision(data.checked === true ? LEAVING : null)}
        />
      </Field>
      {deprovision !== null && <Stages deprovision={deprovision} issues={issues} onDeprovision={onDeprovision} />}
    </>
  );
}
