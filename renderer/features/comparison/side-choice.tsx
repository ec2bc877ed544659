/** One of the two sides. */
import { Field, Select } from "@fluentui/react-components";
import type { Revision } from "../../../shared/model/draft.ts";
import type { StoreSummary } from "../../../shared/model/identity-store.ts";
import { sideName } from "../../text/comparison.ts";
import { formatDateTime } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import type { OpenFile } from "./sides.ts";

interface SideChoiceProps {
  readonly label: string;
  readonly value: string;
  /** Undefined while the list of stores is on its way. */
  readonly store: StoreSummary | undefined;
  readonly revisions: readonly Revision[];
  readonly open: OpenFile | null;
  readonly onChoose: (side: string) => void;
}

export function SideChoice({ label, value, store, revisions, open, onChoose }: SideChoiceProps) {
  const numbers = revisions.map(({ number }) => String(number));
  const isOther = /^\d+$/.test(value) && !numbers.includes(value);
  const probed = store?.probed ?? null;
  return (
    <Field label={label}>
      <Select value={value} onChange={(_event, data) => onChoose(data.value)}>
        <option value="saved">{store === undefined ? say("comparison.side-saved") : say("comparison.side-saved-revision", { revision: store.revision })}</option>
        <option value="draft" disabled={store?.hasDraft !== true}>
          {say("comparison.side-draft")}
        </option>
        <option value="directory" disabled={store?.messaging === null}>
          {say("comparison.side-directory")}
        </option>
        {(probed !== null || value === "probe") && (
          <option value="probe" disabled={probed === null}>
            {sideName({ kind: "probe" }, probed)}
          </option>
        )}
        {open !== null && <option value="bundle">{open.file.name}</option>}
        {isOther && <option value={value}>{say("comparison.side-revision", { number: Number(value) })}</option>}
        {revisions.map(({ number, at, who }) => (
          <option key={number} value={String(number)}>
            {say("comparison.side-revision-of", { number, time: formatDateTime(at), who })}
          </option>
        ))}
      </Select>
    </Field>
  );
}
