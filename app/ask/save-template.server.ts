import type { Command } from '../platform/command.server.ts'
import { done, refused } from '../platform/outcome.ts'
import { writeTemplates } from './ask-access.ts'
import type { ReplyTemplate } from './reply-template.ts'
import { insertRevision, newestRevisions } from './template-queries.server.ts'

/**
 * Keeps a text to answer with as a new revision of it; nothing that was sent changes. What somebody else saved meanwhile is
 * never written over: they are told, and keep what they typed.
 *
 * @param revision the one that was on the screen; 0 for a text of the program or a new one
 * @returns refusal `changed-meanwhile` with the text as it is now
 */
export const saveTemplate: Command<
  Omit<ReplyTemplate, 'retired'> & { readonly retired?: boolean },
  { readonly code: string },
  'changed-meanwhile'
> = {
  action: writeTemplates,
  async run({ db, at, actor, audit }, { code, revision, name, words, retired = false }) {
    if (actor.kind !== 'member') throw new Error('only a member of the clinic writes its texts')
    const newest = async () => (await newestRevisions(db, actor.clinicId)).find((each) => each.code === code)
    const next = { code, revision: revision + 1, name, words, retired, at, by: actor.accountId }
    const before = await newest()
    if ((before?.revision ?? 0) !== revision || !(await insertRevision(db, actor.clinicId, next))) {
      const now = await newest()
      // The same form sent twice, at once or later, finds what it stored.
      const same = now?.revision === next.revision && now.name === name && now.words === words
      return same && now.retired === retired ? done({ code }) : refused('changed-meanwhile', now)
    }
    audit.write(writeTemplates.id, {
      object: 'reply-template',
      detail: { code, revision: revision + 1, retired },
    })
    return done({ code })
  },
}
