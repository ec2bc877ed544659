/** The notification form's state: what was typed, what is wrong with it once somebody pressed Save, and where the focus goes then. */
import { useEffect, useRef, useState } from "react";
import type { Issue } from "../../../shared/fault.ts";
import { readNotificationSettings } from "../../../shared/rules/notification-mail.ts";
import { explainIssue } from "../../text/fault.ts";
import { fieldOf, FIELDS, settingsOf, type FieldName, type NotificationForm } from "./form-model.ts";

type Place = { focus(): void } | null;

export interface FormState {
  readonly form: NotificationForm;
  readonly change: (change: Partial<NotificationForm>) => void;
  readonly isDirty: boolean;
  /** What stands there now, also for whoever waited since it was drawn. */
  readonly latest: () => NotificationForm;
  /** What is wrong with a field, in words; undefined where nothing is. */
  readonly problemOf: (name: FieldName) => string | undefined;
  /** Says where a field is. */
  readonly place: (name: FieldName) => (element: Place) => void;
  /** Whether nothing that this page can tell is wrong, but for a field that does not count; else the first one with a problem has the focus. */
  readonly check: (but?: FieldName) => boolean;
  /** Takes what main found. */
  readonly refuse: (issues: readonly Issue[]) => void;
  readonly reset: () => void;
}

function issuesIn(form: NotificationForm): readonly Issue[] {
  const read = readNotificationSettings(settingsOf(form));
  return read.ok || read.fault.kind !== "invalid" ? [] : read.fault.issues;
}

function wordsOf(issues: readonly Issue[]): ReadonlyMap<FieldName, string> {
  // The first one of each field.
  return new Map(issues.toReversed().flatMap((issue) => {
    const name = fieldOf(issue);
    return name === null ? [] : [[name, explainIssue(issue)] as const];
  }));
}

/** `typed`: over what is saved, as it stood when the page was drawn anew; null where nothing was. */
export function useNotificationForm(initial: NotificationForm, typed: NotificationForm | null): FormState {
  const [form, setForm] = useState(typed ?? initial);
  const latest = useRef(form);
  useEffect(() => {
    latest.current = form;
  });
  const [checked, setChecked] = useState(false);
  const [refused, setRefused] = useState<readonly Issue[]>([]);
  const places = useRef(new Map<FieldName, Place>());
  const problems = wordsOf([...(checked ? issuesIn(form) : []), ...refused]);
  const goTo = (found: ReadonlyMap<FieldName, string>) => {
    const first = FIELDS.find((name) => found.has(name));
    if (first !== undefined) places.current.get(first)?.focus();
  };
  return {
    form,
    change: (change) => {
      setForm((before) => ({ ...before, ...change }));
      setRefused([]);
    },
    latest: () => latest.current,
    isDirty: JSON.stringify(form) !== JSON.stringify(initial),
    problemOf: (name) => problems.get(name),
    place: (name) => (element) => void places.current.set(name, element),
    check: (but) => {
      setChecked(true);
      const found = wordsOf(issuesIn(form).filter((issue) => fieldOf(issue) !== but));
      goTo(found);
      return found.size === 0;
    },
    refuse: (issues) => {
      setRefused(issues);
      goTo(wordsOf(issues));
    },
    reset: () => {
      setForm(initial);
      setChecked(false);
      setRefused([]);
    },
  };
}
