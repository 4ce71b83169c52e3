/**
 * Containers that may be opened, by the names of ffmpeg's demuxers. What names further addresses or files (hls, dash, concat,
 * sdp, image sequences, text) is not here: with the protocol whitelist it could not be followed, without a demuxer it is not even read.
 */
const formats = [
  'aac,ac3,aiff,amr,ape,asf,au,avi,caf,eac3,flac,flv,live_flv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpc,mpc8',
  'dts,loas,mpeg,mpegts,ogg,tta,wav,w64,wv',
].join(',');

/** Sound decoders that may run. No picture decoder is ever opened, not even to look at a stream's size. */
const codecs = [
  'aac,aac_fixed,aac_latm,ac3,ac3_fixed,alac,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,ape,dca,eac3,flac,gsm,gsm_ms',
  'mp1,mp1float,mp2,mp2float,mp3,mp3float,mpc7,mpc8,nellymoser,opus,libopus,libspeex,tta,vorbis,libvorbis,wavpack',
  'wmalossless,wmapro,wmav1,wmav2,wmavoice,adpcm_ima_qt,adpcm_ima_wav,adpcm_ms,adpcm_swf,adpcm_yamaha,g722,g726,g726le',
  'pcm_alaw,pcm_mulaw,pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_u16le,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be',
  'pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_bluray,pcm_dvd,pcm_lxf',
].join(',');

/**
 * Arguments that make ffmpeg (2018 and later) turn whatever comes on stdin into 16 kHz mono s16le on stdout: sound only, no network,
 * no file, no second stream. Holes of the container are not filled: each frame's timestamp is reported (`ashowinfo`) for us to judge, since
 * it may lie by hours. `soon`: a live is not looked at for longer than a second.
 */
export function decoderArguments(soon: boolean): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'level+info'],
    ...['-protocol_whitelist', 'pipe', '-format_whitelist', formats, '-codec_whitelist', codecs],
    // The pictures' decoder stays shut, so ffmpeg would look for their size for as long as it may: 90 s of an FLV.
    ...(soon ? ['-analyzeduration', '1000000'] : []),
    ...['-max_streams', '64', '-i', 'pipe:0', '-vn', '-sn', '-dn', '-map', '0:a:0', '-map_metadata', '-1'],
    ...['-af', 'ashowinfo'],
    ...['-ac', '1', '-ar', '16000', '-f', 's16le', 'pipe:1'],
  ];
}

/** The source's length in ms from one line of ffmpeg's report; null when the line says nothing about it. */
export function durationInReport(line: string): number | null {
  const match = /^\[info\]\s+Duration: (\d+):(\d\d):(\d\d)\.(\d\d),/.exec(line);
  if (!match) return null;
  const [hours, minutes, seconds, hundredths] = match.slice(1).map(Number) as [number, number, number, number];
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10;
}

/** Whether a line is of ffmpeg at all: `level+info` puts its level before whatever it says. */
export const saysFfmpeg = (line: string): boolean => /\[(info|warning|error|fatal|panic)\]/.test(line);

/** Whether a line names a stream of pictures among the source's. */
export const saysPictures = (line: string): boolean => /^\[info\]\s+Stream #0:\d+.*: Video: /.test(line);

/** Who says nothing of the sound: ffmpeg's own output, the pictures (whose decoders stay shut: `not on whitelist`). */
const beside = /^\[(s16le|h26\d|hevc|mpeg\w*video|mpeg4|vp\d|av1|mjpeg) @|not on whitelist '/;

/** Whether a line of ffmpeg's report is one of its errors about the source's sound. */
export const isComplaint = (line: string): boolean => /\[(error|fatal|panic)\]/.test(line) && !beside.test(line);

/**
 * Whether a line tells that part of the source could not be read: an error, or one of the warnings with which the demuxers pass over
 * broken packets (libavformat/demux.c, mpegts.c). A sound file that is whole causes none.
 */
export const saysDamage = (line: string): boolean =>
  isComplaint(line) || /\[warning\].*(corrupt input packet|Packet corrupt|PES packet size mismatch)/.test(line);

/** What ffmpeg complained of, shortened for a person: its last two lines without addresses of memory. */
export function complaintsInReport(lines: readonly string[]): string {
  const plain = lines.map((line) =>
    line.replace(/^(\[[^\]]*\] )*\[(error|fatal|panic|warning)\]\s*/, '').replace('pipe:0: ', ''),
  );
  return [...new Set(plain)].slice(-2).join('; ').slice(0, 300);
}
