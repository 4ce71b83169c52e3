#include "voice.h"

#include "whisper.h"

#include <algorithm>
#include <cmath>

namespace {

const int64_t PER_MS = 16;

// Below 2^-11 of full scale (-66 dB) nothing is asked of the network: it hears speech down to about -54 dB at its peaks, and digital
// silence, muted microphones and the hiss of an open line lie under that. Louder sound without voice is left to the network, which
// takes 1.6 ms of one core per second of sound and, unlike cheaper tests of energy and spectrum, does not take tones, claps or
// noise for speech, nor speech over music for music.
const float QUIETEST = 1.0f / 2048;

// What is reported is whisper.cpp's default (0.5, 250 ms). What is heard is decided more generously, since what is left out here is lost
// for good: a shouted "dehors !" may be shorter or less certain than that.
const float HEARD_THRESHOLD = 0.3f;
const int   HEARD_LEAST_MS  = 96;

// Sound kept before the first and after the last sign of a voice: soft consonants, breath, the tail of a word in a room.
const int64_t PRE_ROLL = 400 * PER_MS;
const int64_t HANGOVER = 400 * PER_MS;
// A pause is only taken out where at least this much of it goes: shorter ones tell the recogniser where sentences end.
const int64_t LEAST_CUT = 1000 * PER_MS;

bool any_sound(const std::vector<float> & samples) {
    return std::any_of(samples.begin(), samples.end(), [](float sample) { return std::fabs(sample) >= QUIETEST; });
}

// In samples, clamped to the sound: the last window of the network is filled up with silence and may end after it.
bool read_spans(whisper_vad_context * context, const whisper_vad_params & params, int64_t length, std::vector<Stretch> & spans) {
    whisper_vad_segments * found = whisper_vad_segments_from_probs(context, params);
    if (!found) {
        return false;
    }
    for (int i = 0; i < whisper_vad_segments_n_segments(found); i++) {
        const auto from = int64_t(whisper_vad_segments_get_segment_t0(found, i) * 160.0f + 0.5f);  // from hundredths of a second
        const auto to   = std::min(length, int64_t(whisper_vad_segments_get_segment_t1(found, i) * 160.0f + 0.5f));
        if (to > from) {
            spans.push_back({ from, to });
        }
    }
    whisper_vad_free_segments(found);
    return true;
}

std::vector<Stretch> with_surroundings(const std::vector<Stretch> & voiced, int64_t length) {
    std::vector<Stretch> heard;
    for (const auto & span : voiced) {
        const Stretch wide = { std::max<int64_t>(0, span.from - PRE_ROLL), std::min(length, span.to + HANGOVER) };
        if (!heard.empty() && wide.from - heard.back().to < LEAST_CUT) {
            heard.back().to = std::max(heard.back().to, wide.to);
        } else {
            heard.push_back(wide);
        }
    }
    if (!heard.empty()) {
        heard.front().from = heard.front().from < LEAST_CUT ? 0 : heard.front().from;
        heard.back().to    = length - heard.back().to < LEAST_CUT ? length : heard.back().to;
    }
    return heard;
}

} // namespace

Voice find_voice(whisper_vad_context * context, const std::vector<float> & samples) {
    const auto length = int64_t(samples.size());
    Voice voice;
    voice.known = context != nullptr;
    if (context && !any_sound(samples)) {
        return voice;
    }
    std::vector<Stretch> certain;
    std::vector<Stretch> possible;
    if (context) {
        whisper_vad_params generous     = whisper_vad_default_params();
        generous.threshold              = HEARD_THRESHOLD;
        generous.min_speech_duration_ms = HEARD_LEAST_MS;
        voice.known = whisper_vad_detect_speech(context, samples.data(), int(length)) &&
                      read_spans(context, whisper_vad_default_params(), length, certain) &&
                      read_spans(context, generous, length, possible);
    }
    if (!voice.known) {
        voice.heard = { { 0, length } };
        return voice;
    }
    for (const auto & span : certain) {
        voice.spans.emplace_back(span.from / PER_MS, span.to / PER_MS);
    }
    // The generous reading may end a span a window earlier; what is reported is always heard.
    possible.insert(possible.end(), certain.begin(), certain.end());
    std::sort(possible.begin(), possible.end(), [](const Stretch & a, const Stretch & b) { return a.from < b.from; });
    voice.heard = with_surroundings(possible, length);
    return voice;
}

std::vector<float> join(const std::vector<float> & samples, const std::vector<Stretch> & heard) {
    std::vector<float> joined;
    for (const auto & stretch : heard) {
        joined.insert(joined.end(), samples.begin() + stretch.from, samples.begin() + stretch.to);
    }
    return joined;
}

int64_t moment_in_sound(const std::vector<Stretch> & heard, int64_t joined_ms, bool is_end) {
    int64_t left = joined_ms * PER_MS;
    for (size_t i = 0; i < heard.size(); i++) {
        const int64_t length = heard[i].to - heard[i].from;
        if (left < length || (left == length && is_end) || i + 1 == heard.size()) {
            return (heard[i].from + std::min(left, length)) / PER_MS;
        }
        left -= length;
    }
    return 0;
}
