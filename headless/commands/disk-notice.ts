import type { DiskRoom } from '#shared/model/system.ts';
import type { Output } from '../output/output.ts';

/** Says that room for sound is short or gone, or that there is enough again: beside the result, or as a line of JSON. */
export function tellDisk(output: Output, room: DiskRoom): void {
  const message = output.say(`diskRoom.${room.state}`, { minutes: room.minutesLeft ?? 0 });
  if (output.json) output.event({ type: 'disk', ...room, message });
  else output.notice(message);
}
