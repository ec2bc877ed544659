/** A new object. */
import { useEffect } from "react";
import { useStore } from "zustand";
import type { MailOffer } from "../../../shared/model/mail-plan.ts";
import type { Route } from "../../stores/routes.ts";
import { say } from "../../text/text.ts";
import { keyOf, newForm, objectForms, setForm } from "./form-state.ts";
import { ObjectEditor } from "./object-editor.tsx";

interface WayProps {
  readonly storeId: string;
  readonly offer: MailOffer;
  readonly route: Route;
}

export function NewWay({ storeId, offer, route }: WayProps) {
  const key = keyOf(storeId, "new");
  const form = useStore(objectForms, ({ forms }) => forms.get(key));
  const first = offer.types.find(({ why }) => why === null)?.type;
  const fits = form !== undefined && offer.types.some(({ type, why }) => type === form.type && why === null);
  useEffect(() => {
    if (!fits && first !== undefined) setForm(key, form === undefined ? newForm(first) : { ...form, type: first });
  }, [fits, first, form, key]);
  if (form === undefined || !fits) return null;
  // The next one is mostly of the same kind, and goes to the same place.
  const next = () => setForm(key, { ...newForm(form.type), container: form.container });
  return <ObjectEditor storeId={storeId} formKey={key} form={form} offer={offer} title={say("mail-objects.section-object")} route={route} onNext={next} />;
}
