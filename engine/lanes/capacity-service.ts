import { VigieError } from '#shared/errors.ts';
import type { CapacityFigures } from '#shared/model/lane.ts';
import { isFollowed, type LivesStore } from '../lives/lives-store.ts';
import { isBeyond } from './capacity.ts';
import { fileName, type LanesService } from './lanes-service.ts';

/** Says how many lives this machine follows, and refuses one more. */
export function createCapacityGate(deps: {
  lanes: LanesService;
  lives: LivesStore;
  /** File name of the model that ran last; null before the first. */
  lastModel(): string | null;
}) {
  const running = () =>
    deps.lives
      .list({ states: ['en_cours'], limit: 500 })
      .filter((live) => isFollowed(live.sourceKind) && live.captureState !== 'ended').length;
  return {
    running,
    figures(): CapacityFigures | null {
      const model = deps.lastModel();
      return model === null ? null : deps.lanes.capacity(model);
    },
    /** @throws VigieError `capacity-reached` */
    check(modelPath: string): void {
      const figures = deps.lanes.capacity(modelPath);
      if (figures === null || !isBeyond(figures, running())) return;
      throw new VigieError('capacity-reached', {
        running: running(),
        capacity: figures.lives,
        model: fileName(modelPath),
      });
    },
  };
}
