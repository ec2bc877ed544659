/**
 * Signed drafts. Who opens a draft has its secrets sent to the hosts that stand in it, so that a draft that somebody with the database
 * in hand wrote is none.
 */
import { sign, verify } from "node:crypto";
import { succeed, type Result } from "../../../shared/fault.ts";
import type { DraftRow } from "../revision-rows.ts";
import type { Steps } from "../steps.ts";
import type { Console } from "./console.ts";
import type { Enrolment } from "./enrolment.ts";
import { hashOf, verifyingKey, type Roster } from "./roster.ts";

/** What the drafts ask. */
export interface DraftSeals {
  /** A draft as it is stored: with who wrote it, and the signature. Fails with `roster-refused`. */
  seal(row: DraftRow): Steps<Result<DraftRow>>;
  /** A stored draft as it was written; null where no console of the team wrote it for this account. */
  open(row: DraftRow): DraftRow | null;
}

interface Dependencies {
  readonly console: Console;
  readonly enrolment: Enrolment;
  /** The account whose drafts these are. */
  readonly login: () => string;
}

function toSign(root: string, login: string, { storeId, version, updatedAt, content }: DraftRow): Buffer {
  return Buffer.from(JSON.stringify(["messaging-console draft", 1, hashOf("draft", root, login, storeId, String(version), String(updatedAt), content)]));
}

export function createDraftSeals({ console, enrolment, login }: Dependencies): DraftSeals {
  /** By store, what was opened last: a draft is read much more often than it is written. */
  const opened = new Map<string, { readonly row: DraftRow; readonly roster: Roster; readonly draft: DraftRow | null }>();

  const verified = (row: DraftRow, roster: Roster): DraftRow | null => {
    const [, signer = "", signature = "", content = ""] = /^(\S+) (\S+)\n([^]*)$/.exec(row.content) ?? [];
    const [member, draft] = [roster.members.get(signer), { ...row, content }];
    return member !== undefined && verify(null, toSign(roster.root, login(), draft), verifyingKey(member), Buffer.from(signature, "base64")) ? draft : null;
  };

  return {
    *seal(row) {
      const { roster, key } = yield* enrolment.asOfTransaction();
      if (!roster.ok) return roster;
      if (!key.ok) return key;
      const signature = sign(null, toSign(roster.value.root, login(), row), console.sign).toString("base64");
      return succeed({ ...row, content: `${console.id} ${signature}\n${row.content}` });
    },
    open: (row) => {
      const roster = enrolment.roster();
      if (!roster.ok) return null;
      const last = opened.get(row.storeId);
      const isSame = last?.roster === roster.value && last.row.version === row.version && last.row.updatedAt === row.updatedAt && last.row.content === row.content;
      if (isSame) return last.draft;
      const draft = verified(row, roster.value);
      opened.set(row.storeId, { row, roster: roster.value, draft });
      return draft;
    },
  };
}
