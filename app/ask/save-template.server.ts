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
    const now = (await newestRevisions(db, actor.clinicId)).find((each) => each.code === code)
    // The same form sent twice finds what it stored.
    if (
      now &&
      now.revision === revision + 1 &&
      now.name === name &&
      now.words === words &&
      now.retired === retired
    )
      return done({ code })
    const next = { code, revision: revision + 1, name, words, retired, at, by: actor.accountId }
    if ((now?.revision ?? 0) !== revision || !(await insertRevision(db, actor.clinicId, next)))
      return refused('changed-meanwhile', now)
    audit.write(writeTemplates.id, {
      object: 'reply-template',
      detail: { code, revision: revision + 1, retired },
    })
    return done({ code })
  },
}
