import type { EditedRoom } from "../edit.ts";

const integration = (...names: string[]) => names.map((name) => `test/integration/store/${name}.test.ts`);
const attacks = integration("team-attacks");
const membership = ["test/unit/main/store/team/membership.test.ts"];
const rights = integration("postgres-rights");
const checks = integration("shared-checks");
const kept = ["test/unit/main/store/team/kept-work.test.ts", ...integration("kept-work")];

/** Faults of `main/store/team` and `main/store/postgres`. Those of the team are asked of what somebody with the database in hand can do. */
export const team: EditedRoom = {
  tests: ["test/unit/main/store/team"],
  edits: [
    { file: "main/store/team/roster.ts", find: "if (!verify(null, Buffer.from(body), verifyingKey(signer), signature)) return \"signature\";", replace: "void [verify, signature];", promise: "an entry of the roster is one that a member signed", kind: "leaked" },
    { file: "main/store/team/roster.ts", find: "if (signer === undefined || signer.id !== entry.by) return \"rogue-entry\";", replace: "if (signer === undefined) return null;", promise: "an entry of a stranger is refused", kind: "leaked" },
    { file: "main/store/team/roster.ts", find: "entry.previous !== this.head.hash || ", replace: "", promise: "an entry of the roster continues the one before", kind: "leaked" },
    { file: "main/store/team/membership.ts", find: "if (enrolmentCode(roster.value.root, asked) !== request.agreed) return refuse(\"codes-differ\");", replace: "void request.agreed;", promise: "nobody is let in whose code was not compared", kind: "leaked", tests: membership },
    { file: "main/store/team/membership.ts", find: "bound: bind(epoch, member.id, member.sign) }, key);", replace: "bound: bind(epoch, member.id, \"\") }, key);", promise: "the team's key opens for whom it was sealed", kind: "lost", tests: membership },
    { file: "main/store/team/membership.ts", find: "if (plain === null) continue;\n    const { nonce, sealed } = sealSecret(key, address, plain);", replace: "if (plain === null) continue;\n    const { nonce, sealed } = sealSecret(old, address, plain);", promise: "what a console that was taken out could read is sealed anew", kind: "leaked", tests: integration("team") },
    { file: "main/store/team/seals.ts", find: "if (seen !== null && row.number < seen.number) return refuse(\"revision-rolled-back\");", replace: "", promise: "an older revision is not believed by whom has seen a newer one", kind: "leaked", tests: attacks },
    { file: "main/store/team/seals.ts", find: "if (newest.entry !== entryHash(row) || newest.document !== documentHash(row.document)) return refuse(\"revision-altered\");", replace: "", promise: "a document that leads to another host is not used", kind: "leaked", tests: attacks },
    { file: "main/store/team/seals.ts", find: "if (oldest.number !== (seen?.number ?? 1) || (seen === null && oldest.previous !== \"\")) return refuse(\"revision-gap\");", replace: "", promise: "a revision that was taken away is missed", kind: "leaked", tests: attacks },
    { file: "main/store/team/seals.ts", find: "if (seen !== null && oldest.hash !== seen.hash) return refuse(\"revision-rewritten\");", replace: "", promise: "another revision of a number that was seen is not believed", kind: "leaked", tests: attacks },
    { file: "main/store/team/seals.ts", find: "return roster.ok ? null : roster.fault;", replace: "return null;", promise: "nothing of a team whose roster was changed is used", kind: "leaked", tests: attacks },
    { file: "main/store/team/withheld.ts", find: "return may.ok ? vault.open(purpose, reference) : may;", replace: "return vault.open(purpose, reference);", promise: "no password of a store that is not used opens", kind: "leaked", tests: attacks },
    { file: "main/store/team/draft-seals.ts", find: "return member !== undefined && verify(", replace: "return member === undefined || verify(", promise: "a draft that no console of the team wrote is none", kind: "leaked", tests: attacks },
    { file: "main/store/team/copy.ts", find: "if (age <= EXPIRY_MS) return read.data;", replace: "if (age <= Infinity) return read.data;", promise: "what a computer keeps of a team ends after a week", kind: "leaked", tests: integration("team") },
    { file: "main/store/index.ts", find: ".then(() => sweepTeam(team, options));", replace: ".then(() => void sweepTeam);", promise: "a team's database keeps no secret that nothing refers to", kind: "leaked", tests: ["test/unit/main/store/vault.test.ts"] },
    { file: "main/store/changes.ts", find: "announce: () => undefined,", replace: "announce: () => listeners.notify(),", promise: "a change in a team's database is told once", kind: "other", tests: ["test/unit/main/store/store.test.ts"] },
    { file: "main/store/index.ts", find: "close: () => (closing ??= close()),", replace: "close: () => (closing = close()),", promise: "a store that is closed twice is closed", kind: "other", tests: ["test/unit/main/services/let-go.test.ts"] },
    { file: "main/store/postgres/tables.ts", find: "  NEW.login := session_user;\n", replace: "  NEW.login := NEW.who;\n", promise: "who saved is the database's word", kind: "told", tests: rights },
    { file: "main/store/postgres/tables.ts", find: "WHERE owner = session_user::text;\n\nCREATE TABLE person_draft_secret", replace: ";\n\nCREATE TABLE person_draft_secret", promise: "a draft is its person's alone", kind: "leaked", tests: rights },
    { file: "main/store/postgres/rights.ts", find: "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} FROM PUBLIC;\n", replace: "", promise: "nobody borrows the owner's rights by calling what acts with them", kind: "leaked", tests: rights },
    { file: "main/store/postgres/session.ts", find: "rejectUnauthorized: true", replace: "rejectUnauthorized: false", promise: "a server that nobody vouches for gets no password", kind: "leaked", tests: integration("postgres-doors") },
    { file: "main/store/postgres/session.ts", find: "if (isKept(result) && command !== \"COMMIT\") throw new Error(\"the transaction was undone\");", replace: "void command;", promise: "a transaction that the server undid is not acknowledged", kind: "lost", tests: integration("postgres-doors") },
    { file: "main/store/postgres/lease.ts", find: "token = held.token + CASE WHEN held.holder = excluded.holder THEN 0 ELSE 1 END", replace: "token = held.token", promise: "whoever takes a lease over has a higher token", kind: "other", tests: checks },
    { file: "main/store/postgres/lease.ts", find: "WHERE held.until < now_ms() OR held.holder = excluded.holder", replace: "WHERE true", promise: "one console at a time holds a lease", kind: "other", tests: checks },
    { file: "main/store/postgres/shared-checks.ts", find: "become(null, false);", replace: "void become;", promise: "who cannot reach the database checks for himself", kind: "told", tests: checks },
    { file: "main/services/data-move.ts", find: "const unreadable = wanted.flatMap(({ id, purpose, name }) => (opened.has(id) ? [] : [{ store: name, secret: purpose }]));", replace: "const unreadable: MoveReport[\"unreadable\"] = [];", promise: "what did not open on the way is named", kind: "told", tests: integration("move-stores") },
    { file: "main/store/team/kept-work.ts", find: "return { answer: isLost && !engine.readOnly ? null : answer, isSent: true };", replace: "void isLost;\n    return { answer, isSent: true };", promise: "what is typed in the moment in which the database goes away is kept", kind: "lost", tests: kept },
    { file: "main/store/team/kept-work.ts", find: "if ((before?.version ?? 0) !== seen) return refuseChangedDraft(before?.updatedAt);", replace: "void refuseChangedDraft;", promise: "nobody writes over a kept draft that they have not seen", kind: "lost", tests: kept },
    { file: "main/store/team/kept-work.ts", find: "row.draft?.version === kept.draft?.version ? null :", replace: "row.draft !== undefined ? null :", promise: "what is typed while a kept draft is brought into the database is brought as well", kind: "lost", tests: kept },
    { file: "main/store/team/kept-work.ts", find: "const merged = isOwn ? { draft, apart: [] } : mergeDrafts(base ?? begun(storeId, draft), draft, now);", replace: "void [mergeDrafts, begun];\n    const merged = { draft, apart: [] };", promise: "what another console of the same person changed meanwhile stands", kind: "lost", tests: kept },
    { file: "main/store/team/kept-work.ts", find: "const adopted = await adoptFor(draft);", replace: "void adoptFor;\n    const adopted = succeed<readonly string[]>([]);", promise: "a password that was entered while the database was away opens there afterwards", kind: "lost", tests: kept },
    { file: "main/store/team/kept-rows.ts", find: "DRAFT + JSON.stringify([this.#login(), storeId])", replace: "DRAFT + JSON.stringify([\"\", storeId])", promise: "a draft that another account of this computer began waits for that account", kind: "leaked", tests: kept },
    { file: "main/store/postgres/errors.ts", find: "isOfSocket(error) || error instanceof AggregateError", replace: "\"syscall\" in error || error instanceof AggregateError", promise: "a way that is cut within the handshake is away, and no bug", kind: "lost", tests: integration("cut-off") },
    { file: "main/hosts/shared/reopening.ts", find: "    } catch (error) {\n      given.logger.error(words, { error });\n    }\n    return null;", replace: "    } catch (error) {\n      given.logger.error(words, { error });\n      throw error;\n    }\n    return null;", promise: "a console that could not be opened anew is tried again", kind: "lost", tests: integration("team-app") },
    { file: "main/app.ts", find: "user: store.team?.state().login ?? given.user", replace: "user: given.user", promise: "a save in a team's database is under the name that signed in", kind: "told", tests: integration("team-app") },
  ],
};
