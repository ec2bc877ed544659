/** A picture of the editor as the wizard has it, without a server. */
import { openingState, type EditorState } from "../../../../../renderer/stores/editor-model.ts";
import type { FieldDescriptor, MessagingView, ProviderDescriptor } from "../../../../../shared/model/messaging.ts";

export const fields: readonly FieldDescriptor[] = [
  { kind: "text", name: "domain", required: true, maxLength: 253 },
  { kind: "secret", name: "certificatePassword", required: false, maxLength: 1024 },
  { kind: "certificate", name: "certificate", required: true, extensions: ["pfx"], passwordField: "certificatePassword" },
];

export function descriptorWith(change: Partial<ProviderDescriptor> = {}): ProviderDescriptor {
  return {
    id: "office365",
    entries: [{ provider: "office365", variant: null, supportEnds: null, available: true }],
    storeKinds: ["active-directory"],
    fields: [...fields],
    notices: [],
    servers: "single",
    testable: true,
    paces: {},
    prevents: [],
    rights: [],
    ...change,
  };
}

export function viewWith(change: Partial<MessagingView> = {}): MessagingView {
  const { provider, variant } = { provider: "office365", variant: null };
  return { provider, variant, values: {}, servers: [], syncedAt: null, notShown: [], complete: true, secrets: {}, certificates: {}, tested: { state: "untested" }, ...change };
}

/** The editor with a provider chosen. */
export function stateWith(change: Partial<EditorState> = {}): EditorState {
  return { ...openingState, phase: "ready", providers: [descriptorWith()], choice: { provider: "office365", variant: null }, forms: { office365: viewWith() }, ...change };
}
