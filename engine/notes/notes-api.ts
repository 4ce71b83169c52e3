import type { Implementer } from '../carriers/implement.ts';
import type { Commands } from '../db/commands.ts';
import type { NotesService } from './notes-service.ts';

/** Handlers of `contract.notes`. */
export function notesApi(os: Implementer, { service, commands }: { service: NotesService; commands: Commands }) {
  return {
    list: os.notes.list.handler(({ input }) => ({ items: service.list(input.liveId) })),
    add: os.notes.add.handler(({ input, context: { actor } }) =>
      commands.once({ id: input.commandId, call: 'notes.add', actor: actor.id }, () =>
        service.add(input.liveId, input.atMs, input.text, actor.id),
      ),
    ),
    change: os.notes.change.handler(({ input, context: { actor } }) =>
      commands.once({ id: input.commandId, call: 'notes.change', actor: actor.id }, () =>
        service.change(input.noteId, input.text, input.basedOn, actor.id),
      ),
    ),
    remove: os.notes.remove.handler(({ input, context: { actor } }) =>
      commands.once({ id: input.commandId, call: 'notes.remove', actor: actor.id }, () => {
        service.remove(input.noteId, actor.id);
        return {};
      }),
    ),
    restore: os.notes.restore.handler(({ input, context: { actor } }) =>
      commands.once({ id: input.commandId, call: 'notes.restore', actor: actor.id }, () =>
        service.restore(input.noteId, actor.id),
      ),
    ),
    editSegment: os.notes.editSegment.handler(({ input, context: { actor } }) =>
      commands.once({ id: input.commandId, call: 'notes.editSegment', actor: actor.id }, () =>
        service.editSegment(input.segmentId, input.text, input.basedOn, actor.id),
      ),
    ),
    edits: os.notes.edits.handler(({ input }) => service.edits(input.segmentId)),
  };
}
