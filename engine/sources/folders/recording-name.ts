/** What ffmpeg is asked to read; anything else in a watched folder is not a recording. */
const recording =
  /\.(?:3gp|aac|ac3|aiff?|amr|asf|avi|caf|flac|flv|m2ts|m4[abv]|mka|mkv|mov|mp[234]|mpe?g|mpga|mts|mxf|og[agv]|opus|ts|vob|wav|webm|wm[av])$/i;

/** Whether a file of this name is taken for a recording. What other programs are still writing has another name until it is whole. */
export const isRecordingName = (name: string): boolean =>
  recording.test(name) && !name.startsWith('.') && !name.startsWith('~') && !/\.(?:part|tmp|temp)\.[^.]+$/i.test(name);

/** Folders in which systems and programs keep what is not for people: bins, indexes, previews. */
export const isPassedOver = (folder: string): boolean =>
  folder.startsWith('.') || /^(?:\$recycle\.bin|system volume information|@eadir|lost\+found|__macosx)$/i.test(folder);
