/** Unsaved work that waits on this computer until the team's database is back: drafts, and the secrets that were entered into them. */
import { z } from "zod";
import { succeed, type Result } from "../../../shared/fault.ts";
import { storedDraftSchema } from "../schemas.ts";
import type { StoredDraft } from "../types.ts";
import type { SealedRows } from "./sealed-rows.ts";

const DRAFT = "draft ";
const SECRET = "secret ";

export interface KeptDraft {
  /** What the database had when this was begun; null for none. */
  readonly base: StoredDraft | null;
  /** What was sent there last and not answered: it may have arrived. Null where nothing was. */
  readonly sent: StoredDraft | null;
  /** Null: discarded. */
  readonly draft: StoredDraft | null;
}

export interface KeptSecret {
  readonly purpose: string;
  readonly at: number;
  readonly plain: Uint8Array;
}

const versionedSchema = z.object({ version: z.number(), content: storedDraftSchema }).nullable();
const ownerSchema = z.tuple([z.string(), z.string()]);
const keptDraftSchema = z.object({ base: versionedSchema, sent: versionedSchema, draft: versionedSchema });
const keptSecretSchema = z.object({ purpose: z.string(), at: z.number(), plain: z.base64().transform((text) => new Uint8Array(Buffer.from(text, "base64"))) });

const versioned = (draft: StoredDraft | null) => {
  if (draft === null) return null;
  const { version, ...content } = draft;
  return { version, content };
};
const whole = (read: z.infer<typeof versionedSchema>): StoredDraft | null => (read === null ? null : { ...read.content, version: read.version });

function readDraft(content: unknown): KeptDraft | null {
  const read = keptDraftSchema.safeParse(content);
  if (!read.success) return null;
  const { base, sent, draft } = read.data;
  return { base: whole(base), sent: whole(sent), draft: whole(draft) };
}

/** Of a person: what another account of this computer began waits for that account. */
export class KeptRows {
  readonly #rows: SealedRows;
  readonly #login: () => string;

  /** `login`: the account that is signed in to the database, or was last. */
  constructor(rows: SealedRows, login: () => string) {
    this.#rows = rows;
    this.#login = login;
  }

  #nameOf(storeId: string): string {
    return DRAFT + JSON.stringify([this.#login(), storeId]);
  }

  /** The identity stores of which a draft is kept. */
  stores(): readonly string[] {
    return this.#rows.names(DRAFT).flatMap((name) => {
      const [login, storeId] = ownerSchema.parse(JSON.parse(name.slice(DRAFT.length)));
      return login === this.#login() ? [storeId] : [];
    });
  }

  #read(name: string): KeptDraft | null {
    const row = this.#rows.read(name);
    return row.ok ? readDraft(row.value) : null;
  }

  /** Null where none is kept, or it does not open now. */
  draft(storeId: string): KeptDraft | null {
    return this.#read(this.#nameOf(storeId));
  }

  /** Those of every account. */
  drafts(): readonly KeptDraft[] {
    return this.#rows.names(DRAFT).flatMap((name) => this.#read(name) ?? []);
  }

  /** Keeps what `edit` makes of what is kept; null ends it. Fails as `edit` does, and as keeping does. */
  changeDraft<T>(storeId: string, edit: (kept: KeptDraft | null) => Result<{ readonly kept: KeptDraft | null; readonly value: T }>): Promise<Result<T>> {
    return this.#rows.change(this.#nameOf(storeId), (content) => {
      const edited = edit(readDraft(content));
      if (!edited.ok) return edited;
      const { kept, value } = edited.value;
      return succeed({ content: kept === null ? null : { base: versioned(kept.base), sent: versioned(kept.sent), draft: versioned(kept.draft) }, value });
    });
  }

  secretIds(): readonly string[] {
    return this.#rows.names(SECRET).map((name) => name.slice(SECRET.length));
  }

  /** Null where none is kept, or it does not open now. */
  secret(id: string): KeptSecret | null {
    const row = this.#rows.read(SECRET + id);
    const read = row.ok ? keptSecretSchema.safeParse(row.value) : null;
    return read?.success === true ? read.data : null;
  }

  keepSecret(id: string, { purpose, at, plain }: KeptSecret): Promise<Result<null>> {
    return this.#rows.change(SECRET + id, () => succeed({ content: { purpose, at, plain: Buffer.from(plain).toString("base64") }, value: null }));
  }

  dropSecret(id: string): Promise<Result<null>> {
    return this.#rows.change(SECRET + id, () => succeed({ content: null, value: null }));
  }
}
