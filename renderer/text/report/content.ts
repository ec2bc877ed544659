/** What is left behind of an identity store for people to read, before it has a form. No secret is in what it is made of. */
import type { Hello } from "../../../shared/contract/app.ts";
import type { EditorState } from "../../../shared/contract/editor.ts";
import type { Expiry } from "../../../shared/contract/expiry.ts";
import type { Drift } from "../../../shared/model/drift.ts";
import type { ServerStatus } from "../../../shared/model/mail-server.ts";
import type { StoreDetail } from "../../../shared/model/identity-store.ts";
import type { MessagingView, ProviderDescriptor } from "../../../shared/model/messaging.ts";

export type ReportBlock =
  | { readonly kind: "facts"; readonly facts: readonly { readonly term: string; readonly value: string }[] }
  | { readonly kind: "table"; readonly headings: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "text"; readonly text: string };

export interface ReportSection {
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
}

/** One identity store. */
export interface SiteReport {
  readonly title: string;
  readonly about: string;
  readonly sections: readonly ReportSection[];
}

/** What a report is made from. Times in epoch milliseconds. */
export interface ReportSource {
  readonly store: StoreDetail;
  /** Null where no provider is saved. */
  readonly saved: MessagingView | null;
  /** Of what is saved; null where this build has it not. */
  readonly provider: ProviderDescriptor | null;
  readonly hasDraft: boolean;
  readonly expiries: readonly Expiry[];
  /** What was seen of directory and servers that differs from what is saved; null for nothing. */
  readonly drift: Drift | null;
  /** By server name. A server without one was not checked. */
  readonly statuses: ReadonlyMap<string, ServerStatus>;
  readonly at: number;
  readonly user: string;
  /** Made with the practice organisation. */
  readonly practice: boolean;
  readonly version: string;
}

/** What main says of one identity store; `expiries` may be those of all. */
export interface ReportAnswers extends Pick<ReportSource, "expiries" | "drift" | "at"> {
  readonly editor: EditorState;
  readonly hello: Hello;
  readonly statuses: readonly ServerStatus[];
}

export function reportSource({ editor, hello, statuses, expiries, drift, at }: ReportAnswers): ReportSource {
  const { store, saved, draft, providers } = editor;
  const { user, version, practice } = hello;
  return {
    store,
    saved,
    provider: providers.find(({ id }) => id === saved?.provider) ?? null,
    hasDraft: draft !== null,
    expiries: expiries.filter(({ storeId }) => storeId === store.id),
    drift,
    statuses: new Map(statuses.map((status) => [status.name, status])),
    at,
    user,
    practice,
    version,
  };
}

export const textBlock = (text: string): ReportBlock => ({ kind: "text", text });
export const listBlock = (items: readonly string[], none: string): ReportBlock => (items.length === 0 ? textBlock(none) : { kind: "list", items });
